import { expect, it } from 'vitest';
import { concernOf } from './log-concern.ts';

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

it.each([
	['a seat', 'concert-1:A-1', 'alice', { event: 'concert-1' }],
	['a checkout of one seat', undefined, { ticketId: 'concert-1:A-1' }, { event: 'concert-1' }],
	['a checkout of several', undefined, { ticketIds: ['e:1', 'e:2'] }, { event: 'e' }],
	['an order', undefined, { id: 'ord_1', eventId: 'e' }, { event: 'e', order: 'ord_1' }],
	[
		'money in doubt',
		'ord_2',
		{ intent: null, inDoubt: { seats: ['e:1'] } },
		{ event: 'e', order: 'ord_2' }
	],
	['a user', 'alice', { orderId: 'ord_1', seats: ['e:1'] }, { event: 'e' }],
	['an input that names nothing', 'alice', 7, {}],
	['a seat key that is none', undefined, { ticketId: 'no seat' }, {}]
])('tells what %s is about', (_, key, body, concern) => {
	expect(concernOf(key, bytes(body))).toEqual(concern);
});

it('survives an input that is no JSON, and none at all', () => {
	expect(concernOf(undefined, new TextEncoder().encode('{'))).toEqual({});
	expect(concernOf(undefined, undefined)).toEqual({});
});
