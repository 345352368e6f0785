import { expect, it } from 'vitest';
import { buildFunnel, lossOf } from './funnel.ts';

it.each([
	['OPEN', null, null],
	['CONFIRMED', null, null],
	['FAILED', 'Payment Failed: Your card was declined.', 'declined'],
	['FAILED', 'Payment Failed: no answer in time. gateway answered 503', 'unanswered'],
	['FAILED', 'Ticket lost: the hold lapsed while you were paying', 'lost'],
	['FAILED', 'something new', 'other'],
	['FAILED', null, 'other'],
	['CANCELLED', 'Cancelled', 'cancelled'],
	['REFUNDED', 'Show moved', 'refunded']
])('an order %s because of "%s" was %s', (status, reason, loss) => {
	expect(lossOf({ status, reason })).toBe(loss);
});

it('buildFunnel counts each order once on its way and once where it left it', () => {
	const funnel = buildFunnel(
		[
			{ status: 'OPEN', reason: null, orders: 1, seats: 2 },
			{ status: 'CONFIRMED', reason: null, orders: 3, seats: 5 },
			{ status: 'REFUNDED', reason: 'x', orders: 1, seats: 1 },
			{ status: 'FAILED', reason: 'Payment Failed: declined', orders: 2, seats: 4 }
		],
		{ reserved: 20, expired: 6 }
	);
	expect(funnel).toMatchObject({
		reserved: { seats: 20, orders: null },
		paying: { seats: 12, orders: 7 },
		paid: { seats: 6, orders: 4 },
		declined: { seats: 4, orders: 2 },
		refunded: { seats: 1, orders: 1 },
		expired: { seats: 6, orders: null }
	});
});
