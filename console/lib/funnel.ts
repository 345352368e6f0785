/**
 * What became of the seats that buyers took, in a stretch of time: taken, being paid for, paid;
 * and why those that were lost on the way were lost.
 */

export const FUNNEL_STAGES = ['reserved', 'paying', 'paid'] as const;
export const FUNNEL_LOSSES = [
	'declined',
	'unanswered',
	'lost',
	'cancelled',
	'refunded',
	'expired',
	'other'
] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];
export type FunnelLoss = (typeof FUNNEL_LOSSES)[number];

export const FUNNEL_LABELS: Record<FunnelStage | FunnelLoss, string> = {
	reserved: 'Reserved',
	paying: 'Paying',
	paid: 'Paid',
	declined: 'Declined',
	unanswered: 'No answer',
	lost: 'Seat lost',
	cancelled: 'Cancelled',
	refunded: 'Refunded',
	expired: 'Expired',
	other: 'Other'
};

/** Seats and orders; what has no order yet is told in seats alone. */
export interface FunnelCount {
	seats: number;
	orders: number | null;
}

export type Funnel = Record<FunnelStage | FunnelLoss, FunnelCount>;

/** Orders of one status and reason. */
export interface OrderGroup {
	status: string;
	reason: string | null;
	orders: number;
	seats: number;
}

/** Why an order is not, or no longer, paid; null when it is, or is being paid for. */
export function lossOf({
	status,
	reason
}: Pick<OrderGroup, 'status' | 'reason'>): FunnelLoss | null {
	switch (status) {
		case 'OPEN':
		case 'CONFIRMED':
			return null;
		case 'REFUNDED':
			return 'refunded';
		case 'CANCELLED':
			return 'cancelled';
		default:
			if (reason?.startsWith('Payment Failed: no answer')) return 'unanswered';
			if (reason?.startsWith('Payment Failed')) return 'declined';
			return reason?.startsWith('Ticket') ? 'lost' : 'other';
	}
}

/** The funnel of the orders opened in a stretch of time, and of the holds taken in it. */
export function buildFunnel(
	groups: readonly OrderGroup[],
	flow: { reserved: number; expired: number }
): Funnel {
	const none = (): FunnelCount => ({ seats: 0, orders: 0 });
	const funnel: Funnel = {
		reserved: { seats: flow.reserved, orders: null },
		paying: none(),
		paid: none(),
		declined: none(),
		unanswered: none(),
		lost: none(),
		cancelled: none(),
		refunded: none(),
		expired: { seats: flow.expired, orders: null },
		other: none()
	};
	const add = (to: FunnelCount, { seats, orders }: OrderGroup) => {
		to.seats += seats;
		to.orders = (to.orders ?? 0) + orders;
	};
	for (const group of groups) {
		add(funnel.paying, group);
		// A refunded order was paid once.
		if (group.status === 'CONFIRMED' || group.status === 'REFUNDED') add(funnel.paid, group);
		const loss = lossOf(group);
		if (loss) add(funnel[loss], group);
	}
	return funnel;
}
