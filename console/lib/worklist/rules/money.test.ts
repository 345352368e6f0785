import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../facts.ts';
import type { WorkFacts } from '../facts.ts';
import {
	doubt,
	facts,
	invocation,
	NOW,
	order,
	ORDER,
	ordersOf,
	says,
	SEAT,
	sold
} from '../work-fixture.ts';
import { moneyFindings } from './money.ts';

const find = (given: WorkFacts) => moneyFindings(given, DEFAULT_THRESHOLDS);
const kinds = (given: WorkFacts) => find(given).map(({ kind }) => kind);

const free = sold({ status: 'AVAILABLE', orderId: null, reservedBy: null });
const one = (status: string, createdAt = NOW - 1000, id = 're_1') => ({
	...{ id, status, createdAt },
	amount: 5000
});
const refund = (status: string, createdAt?: number) => ({ refunds: [one(status, createdAt)] });
const back = says(refund('succeeded'));
const nothing: WorkFacts['money'] = new Map([
	[ORDER, { ok: true, value: { at: NOW, intents: [] } }]
]);
const authorised = says({ status: 'requires_capture', captured: 0 });

describe('what is in order is not listed', () => {
	test.each([
		['paid and sold', doubt(order(), [sold()])],
		['refunded and free', doubt(order({ status: 'REFUNDED' }), [free], back)],
		['failed, nothing taken', doubt(order({ status: 'FAILED' }), [free], nothing)],
		[
			'failed, voided',
			doubt(order({ status: 'FAILED' }), [free], says({ status: 'canceled', captured: 0 }))
		],
		[
			'a refund that pends for a moment',
			doubt(order({ status: 'REFUNDED' }), [free], says(refund('pending')))
		],
		[
			'a failed refund that another made good',
			doubt(
				order({ status: 'REFUNDED' }),
				[free],
				says({
					refunds: [one('failed'), one('succeeded', NOW - 1000, 're_2')]
				})
			)
		]
	])('%s', (_, given) => {
		expect(kinds(given)).toEqual([]);
	});
});

describe('what contradicts itself is listed', () => {
	test.each([
		['paid, seat free', doubt(order(), [free]), ['seat-missing']],
		[
			'paid, seat another’s',
			doubt(order(), [sold({ orderId: 'ord_other', changedAt: 0 })]),
			['seat-missing', 'unpaid']
		],
		['failed, money kept', doubt(order({ status: 'FAILED' }), [free]), ['seat-missing']],
		['sold, money given back', doubt(order(), [sold()], back), ['unpaid']],
		['confirmed, money given back, seat free', doubt(order(), [free], back), ['broken']],
		[
			'sold to an order that failed',
			doubt(order({ status: 'FAILED' }), [sold()], nothing),
			['unpaid']
		],
		['sold to no order', facts({ seats: [sold({ orderId: null })] }), ['unpaid']],
		['failed, authorised', doubt(order({ status: 'FAILED' }), [free], authorised), ['uncaptured']],
		['refunded on record, money kept', doubt(order({ status: 'REFUNDED' }), [free]), ['refund']],
		[
			'a refund that failed',
			doubt(order({ status: 'REFUNDED' }), [free], says(refund('failed'))),
			['refund', 'refund']
		],
		[
			'a refund that pends for long',
			doubt(
				order({ status: 'REFUNDED' }),
				[free],
				says(refund('pending', NOW - DEFAULT_THRESHOLDS.refund - 1))
			),
			['refund']
		],
		['open, its checkout gone', doubt(order({ status: 'OPEN' }), [free], nothing), ['broken']]
	])('%s', (_, given, expected) => {
		expect(kinds(given).sort()).toEqual(expected);
	});

	test('a seat in two confirmed orders, with the refund of the one that does not have it', () => {
		const other = order({ id: 'ord_second', invocationId: 'inv_second', userId: 'bob' });
		const [found] = find(
			facts({
				orders: ordersOf(order(), other),
				doubtful: new Set([ORDER, other.id]),
				seats: [sold()],
				money: new Map([...says(), ...says({ id: 'pi_2' }, other.id)])
			})
		);
		expect(found).toMatchObject({
			kind: 'broken',
			about: { type: 'seat', id: SEAT },
			affected: 2,
			proposals: [{ kind: 'refundOrder', target: other.id }]
		});
	});

	test('an order paid twice', () => {
		const twice = says();
		const part = twice.get(ORDER);
		const [first] = part?.ok ? part.value.intents : [];
		if (part?.ok && first) part.value.intents.push({ ...first, id: 'pi_2' });
		expect(kinds(doubt(order(), [sold()], twice))).toEqual(['broken']);
	});
});

describe('what is not judged yet', () => {
	test('anything that is being worked on', () => {
		const given = doubt(order(), [free]);
		expect(kinds({ ...given, invocations: [invocation()] })).toEqual([]);
	});

	test.each([
		['a seat that changed just now', doubt(order(), [{ ...free, changedAt: NOW - 1000 }])],
		['an order that changed just now', doubt(order({ updatedAt: NOW - 1000 }), [free])],
		[
			'an order that its buyer’s session will settle',
			doubt(order({ status: 'OPEN', updatedAt: NOW - 60_000 }), [free], authorised)
		],
		[
			'an order that is there for reference alone',
			{ ...doubt(order(), [free]), doubtful: new Set<string>() }
		]
	])('%s', (_, given) => {
		expect(kinds(given)).toEqual([]);
	});
});

describe('when the gateway', () => {
	test('cannot be asked, the record is told and the item says so', () => {
		const silent: WorkFacts['money'] = new Map([[ORDER, { ok: false, message: 'it is down' }]]);
		const [found] = find(doubt(order(), [free], silent));
		expect(found).toMatchObject({
			kind: 'seat-missing',
			caveat: 'The gateway could not be asked again: it is down'
		});
	});

	test('was not asked, the item says so', () => {
		expect(find(doubt(order(), [free], new Map()))[0]?.caveat).toMatch(/not asked again/);
	});

	test('cannot be asked, an order without a record is not called unpaid', () => {
		const unknown = order({ paymentIntent: null, paymentStatus: null });
		expect(kinds(doubt(unknown, [sold()], new Map()))).toEqual([]);
	});
});

test('money that a closed order has kept is given back', () => {
	const given = doubt(order({ status: 'REFUNDED' }), [free], says(refund('failed')));
	for (const found of find(given))
		expect(found.proposals).toMatchObject([{ kind: 'refundOrder', label: 'Give the money back' }]);
	const pending = doubt(
		order({ status: 'REFUNDED' }),
		[free],
		says(refund('pending', NOW - DEFAULT_THRESHOLDS.refund - 1))
	);
	expect(find(pending).map(({ proposals }) => proposals)).toEqual([[]]);
});

test('what has nothing to be refunded by is settled by what settles it', () => {
	const given = doubt(order({ status: 'FAILED' }), [free], authorised);
	const [found] = find({ ...given, settlers: new Map([[ORDER, 'inv_settle']]) });
	expect(found?.proposals).toMatchObject([{ kind: 'restart', target: 'inv_settle' }]);
});
