import { describe, expect, it } from 'vitest';
import type { LedgerIntent, StoredSeat } from './reality.ts';
import { verify } from './verify.ts';

const seat = (seatId: string, order: string, user = 'sale-run-1'): StoredSeat => ({
	seatId,
	status: 'SOLD',
	reservedBy: user,
	reservedUntil: null,
	orderId: order
});
const paid = (order: string, seats: string, more: Partial<LedgerIntent> = {}): LedgerIntent => ({
	status: 'succeeded',
	amount_refunded: 0,
	metadata: { order_id: order, user_id: 'sale-run-1', seats },
	...more
});
const check = (seats: StoredSeat[], intents: LedgerIntent[], confirmed = ['ord_1']) =>
	verify({ users: 'sale-run-', seats, intents, confirmed });

const pair = [seat('A-1', 'ord_1'), seat('A-2', 'ord_1')];

describe('a sale adds up', () => {
	it('when each order has the seats it paid for', () => {
		expect(check(pair, [paid('ord_1', 'e:A-1,e:A-2')])).toEqual({
			soldSeats: 2,
			soldOrders: 1,
			capturedPayments: 1,
			paidSeats: 2,
			differences: []
		});
	});

	it('whatever others bought, and whatever was voided or given back', () => {
		const others = [seat('B-1', 'ord_9', 'alice')];
		const intents = [
			paid('ord_1', 'e:A-1,e:A-2'),
			paid('ord_2', 'e:C-1', { status: 'canceled' }),
			paid('ord_3', 'e:C-2', { amount_refunded: 100 }),
			paid('ord_9', 'e:B-1', { metadata: { order_id: 'ord_9', user_id: 'alice', seats: 'e:B-1' } })
		];
		expect(check([...pair, ...others], intents).differences).toEqual([]);
	});
});

describe('a sale does not add up', () => {
	it.each<[string, StoredSeat[], LedgerIntent[], RegExp]>([
		['seats nobody paid for', pair, [], /ord_1: 2 seats SOLD, 0 seats paid for/],
		['a payment without seats', [], [paid('ord_1', 'e:A-1')], /ord_1: 0 seats SOLD, 1 seats paid/],
		['a seat short', pair.slice(1), [paid('ord_1', 'e:A-1,e:A-2')], /1 seats SOLD, 2 seats paid/],
		['a promise nobody kept', [], [], /ord_1: confirmed to its buyer, but no seat is SOLD/],
		[
			'money left on hold',
			pair,
			[paid('ord_1', 'e:A-1,e:A-2'), paid('ord_5', 'e:A-5', { status: 'requires_capture' })],
			/ord_5: authorised, neither captured nor voided/
		]
	])('%s', (_name, seats, intents, difference) => {
		expect(check(seats, intents).differences).toEqual([expect.stringMatching(difference)]);
	});

	it('an order paid twice', () => {
		const twice = [paid('ord_1', 'e:A-1,e:A-2'), paid('ord_1', 'e:A-1,e:A-2')];
		expect(check(pair, twice).differences).toEqual([
			'ord_1: 2 seats SOLD, 4 seats paid for',
			'ord_1: paid 2 times'
		]);
	});
});
