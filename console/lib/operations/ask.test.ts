import { describe, expect, test } from 'vitest';
import { parseAmount } from './amount.ts';
import { parseAsk, printAsk } from './ask.ts';
import {
	offeredForEvent,
	offeredForInvocation,
	offeredForOrder,
	offeredForSeat
} from './offered.ts';
import { order } from '../order-case/case-fixture.ts';
import { seat } from '../preview/preview-fixture.ts';

const parse = (query: string) => parseAsk(new URLSearchParams(query));

describe('what is asked for', () => {
	test.each([
		'what=forceRelease&target=concert-1%3AS1-A-1&force=on',
		'what=extendHold&target=concert-1%3AS1-A-1&minutes=9',
		'what=refundOrder&target=ord_1abcdefgh&amount=12.50',
		'what=resume&target=inv_1abcdefgh&deployment=latest',
		'what=restart&target=inv_1abcdefgh&from=4',
		'what=pauseSale&target=concert-1'
	])('%s is said again as it was read', (query) => {
		const ask = parse(query);
		if (!ask.ok) throw new Error(ask.message);
		expect(printAsk(ask.value).toString()).toBe(query);
	});

	test.each([
		['what=explode&target=x', /"explode" is not a change/],
		['what=kill&target=concert-1', /not an invocation ID/],
		['what=forceRelease&target=concert-1', /not a seat key/],
		['what=refundOrder&target=inv_1abcdefgh', /not an order ID/],
		['what=pauseSale&target=a/b', /not an event ID/],
		['what=extendHold&target=e%3AA-1&minutes=16', /from 1 to 15/],
		['what=extendHold&target=e%3AA-1&minutes=2.5', /whole number/],
		['what=restart&target=inv_1abcdefgh&from=-1', /index of a journal entry/]
	])('%s is refused', (query, why) => {
		expect(parse(query)).toMatchObject({
			ok: false,
			message: expect.stringMatching(why) as string
		});
	});
});

describe('an amount', () => {
	test.each([
		['', 'eur', null],
		['20', 'eur', 2000],
		['20.5', 'eur', 2050],
		['20.50', 'eur', 2050],
		['2000', 'jpy', 2000],
		['0.01', 'usd', 1]
	])('%j in %s is %j', (typed, currency, value) => {
		expect(parseAmount(typed, currency)).toEqual({ ok: true, value });
	});

	test.each([
		['20,50', 'eur', /write it as 20\.50/],
		['20.505', 'eur', /write it as 20\.50/],
		['1.5', 'jpy', /write it as 2000/],
		['-3', 'eur', /not an amount/],
		['0', 'eur', /more than nothing/]
	])('%j in %s is none', (typed, currency, why) => {
		expect(parseAmount(typed, currency)).toMatchObject({
			ok: false,
			message: expect.stringMatching(why) as string
		});
	});
});

describe('what is offered', () => {
	test('of a seat: nothing of a free or sold one', () => {
		expect(offeredForSeat(seat('A-1'))).toEqual(['extendHold', 'forceRelease']);
		expect(offeredForSeat(seat('A-1', { status: 'AVAILABLE', overdue: true }))).toEqual([
			'forceRelease'
		]);
		expect(offeredForSeat(seat('A-1', { status: 'AVAILABLE' }))).toEqual([]);
		expect(offeredForSeat(seat('A-1', { status: 'SOLD' }))).toEqual([]);
	});

	test.each([
		['Checkout', 'backing-off', false, ['retry', 'pause', 'cancelCheckout', 'kill']],
		['Checkout', 'suspended', true, ['kill']],
		['Payment', 'paused', false, ['resume', 'cancel', 'kill']],
		['Payment', 'failed', false, ['restart', 'purge']],
		['Change', 'running', false, ['pause']],
		['Operations', 'succeeded', false, []]
	] as const)('of %s, %s, cancelled: %s', (service, status, cancelRequested, kinds) => {
		expect(offeredForInvocation({ service, status }, cancelRequested)).toEqual(kinds);
	});

	test('of an order and an event', () => {
		expect(offeredForOrder(order(), true)).toEqual(['resendEmail', 'refundOrder']);
		expect(offeredForOrder(order({ status: 'OPEN' }), true)).toEqual([]);
		expect(offeredForOrder(order({ status: 'FAILED', email: null }), false)).toEqual([]);
		expect(offeredForOrder(order({ status: 'REFUNDED', email: null }), true)).toEqual([
			'refundOrder'
		]);
		expect(offeredForEvent(true)).toEqual(['pauseSale']);
		expect(offeredForEvent(false)).toEqual(['resumeSale']);
	});
});
