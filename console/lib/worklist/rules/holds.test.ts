import { describe, expect, test } from 'vitest';
import { holdFindings } from './holds.ts';
import {
	CHECKOUT,
	facts,
	hold,
	invocation,
	LONG_AGO,
	NOW,
	order,
	ORDER,
	ordersOf,
	SEAT
} from '../work-fixture.ts';

const ended = (status: 'killed' | 'failed' | 'succeeded') =>
	new Map([[CHECKOUT, { status, retries: 0, failure: null }]]);

describe('a hold past its time', () => {
	test('is listed with a release proposed', () => {
		const [found] = holdFindings(
			facts({ holds: [hold({ until: NOW - 60_000, checkoutId: null })] })
		);
		expect(found).toMatchObject({
			kind: 'lapsed',
			about: { type: 'seat', id: SEAT },
			since: NOW - 60_000,
			proposals: [{ kind: 'forceRelease', target: SEAT }]
		});
	});

	test('is not while its timer may be on its way', () => {
		const holds = [hold({ until: NOW - 4000, checkoutId: null })];
		expect(holdFindings(facts({ holds }))).toEqual([]);
	});
});

describe('a hold of a checkout', () => {
	test.each(['killed', 'failed', 'succeeded'] as const)('that was %s is listed', (status) => {
		const [found] = holdFindings(facts({ holds: [hold()], ended: ended(status) }));
		expect(found).toMatchObject({
			kind: 'orphaned',
			about: { type: 'invocation', id: CHECKOUT },
			seats: [SEAT],
			buyer: ['ada'],
			since: LONG_AGO
		});
	});

	test('that is gone is about its seat, for nothing else is left', () => {
		const [found] = holdFindings(facts({ holds: [hold()], ended: new Map([[CHECKOUT, null]]) }));
		expect(found).toMatchObject({ kind: 'orphaned', about: { type: 'seat', id: SEAT } });
	});

	test('that is paused proposes to resume it', () => {
		const invocations = [invocation({ status: 'paused', failure: 'the gateway is down' })];
		const [found] = holdFindings(facts({ holds: [hold()], invocations }));
		expect(found).toMatchObject({
			kind: 'orphaned',
			proposals: [{ kind: 'resume' }, { kind: 'cancelCheckout' }]
		});
		expect(found?.why).toContain('the gateway is down');
	});

	test('with several seats is one finding, about the order where there is one', () => {
		const holds = [hold(), hold({ seat: 'gala:A-2' })];
		const found = holdFindings(
			facts({ holds, ended: ended('killed'), orders: ordersOf(order({ status: 'OPEN' })) })
		);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({
			about: { type: 'order', id: ORDER },
			seats: [SEAT, 'gala:A-2'],
			money: { amount: 5000, currency: 'EUR' }
		});
		expect(found[0]?.proposals).toHaveLength(2);
	});

	test.each([
		['is under way', { invocations: [invocation()] }],
		[
			'backs off, which is judged by how long',
			{ invocations: [invocation({ retryCount: 3, status: 'backing-off' })] }
		],
		['was not looked up', {}]
	])('that %s is not listed', (_, change) => {
		expect(holdFindings(facts({ holds: [hold()], ...change }))).toEqual([]);
	});

	test('is not listed when it may be younger than the reading of the checkouts', () => {
		const found = holdFindings(
			facts({ holds: [hold({ changedAt: NOW })], ended: new Map([[CHECKOUT, null]]) })
		);
		expect(found).toEqual([]);
	});
});
