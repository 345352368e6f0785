import type { LedgerIntent, StoredSeat } from './reality.ts';

export interface Verdict {
	/** Seats SOLD to this run's buyers, and the orders they belong to. */
	soldSeats: number;
	soldOrders: number;
	/** Payments taken from this run's buyers, and the seats they paid for. */
	capturedPayments: number;
	paidSeats: number;
	/** What does not add up, in words; empty when all of it does. */
	differences: string[];
}

interface Evidence {
	/** The prefix of this run's user IDs. */
	users: string;
	seats: readonly StoredSeat[];
	intents: readonly LedgerIntent[];
	/** Orders that buyers were told are theirs. */
	confirmed: readonly string[];
}

/** Holds what was sold against what was paid, order by order, and both against what buyers heard. */
export function verify({ users, seats, intents, confirmed }: Evidence): Verdict {
	const sold = seats.filter((s) => s.status === 'SOLD' && s.reservedBy?.startsWith(users));
	const ours = intents.filter(({ metadata }) => metadata['user_id']?.startsWith(users));
	const captured = ours.filter((i) => i.status === 'succeeded' && i.amount_refunded === 0);

	const seatsByOrder = tally(sold.map(({ orderId }) => orderId ?? 'no order'));
	const paidByOrder = new Map<string, number>();
	const payments = tally(captured.map(({ metadata }) => metadata['order_id'] ?? 'no order'));
	for (const { metadata } of captured) {
		const order = metadata['order_id'] ?? 'no order';
		const count = metadata['seats']?.split(',').length ?? 0;
		paidByOrder.set(order, (paidByOrder.get(order) ?? 0) + count);
	}

	const differences: string[] = [];
	for (const order of new Set([...seatsByOrder.keys(), ...paidByOrder.keys(), ...confirmed])) {
		const [has, paid] = [seatsByOrder.get(order) ?? 0, paidByOrder.get(order) ?? 0];
		if (has !== paid) differences.push(`${order}: ${has} seats SOLD, ${paid} seats paid for`);
		else if (has === 0) differences.push(`${order}: confirmed to its buyer, but no seat is SOLD`);
		if ((payments.get(order) ?? 0) > 1)
			differences.push(`${order}: paid ${payments.get(order) ?? 0} times`);
	}
	const open = ours.filter(({ status }) => status === 'requires_capture');
	for (const { metadata } of open) {
		differences.push(
			`${metadata['order_id'] ?? 'no order'}: authorised, neither captured nor voided`
		);
	}
	return {
		soldSeats: sold.length,
		soldOrders: seatsByOrder.size,
		capturedPayments: captured.length,
		paidSeats: [...paidByOrder.values()].reduce((sum, count) => sum + count, 0),
		differences
	};
}

function tally(keys: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
	return counts;
}
