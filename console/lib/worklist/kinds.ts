/** What can need a person, and how much it hurts whom. */

export const WORK_KINDS = [
	'seat-missing',
	'broken',
	'refund',
	'uncaptured',
	'stalled',
	'unreachable',
	'locked',
	'unpaid',
	'mail',
	'orphaned',
	'lapsed'
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];

/** Who is hurt, the worst first: the first order of the list. */
export const IMPACTS = [
	'buyer-loses',
	'buyer-waits',
	'house-loses',
	'buyer-unaware',
	'seat-blocked'
] as const;
export type Impact = (typeof IMPACTS)[number];

interface KindInfo {
	label: string;
	impact: Impact;
	/** One sentence for the tooltip. */
	meaning: string;
}

export const KIND_INFO: Record<WorkKind, KindInfo> = {
	'seat-missing': {
		label: 'Paid, seats missing',
		impact: 'buyer-loses',
		meaning: 'The buyer’s money was taken, and not all of the seats are theirs'
	},
	broken: {
		label: 'Invariant broken',
		impact: 'buyer-loses',
		meaning: 'Seats, orders and money contradict each other: a seat sold twice, an order paid twice'
	},
	refund: {
		label: 'Refund not through',
		impact: 'buyer-loses',
		meaning: 'Money is to go back and does not: the refund or void failed, or takes too long'
	},
	uncaptured: {
		label: 'Authorised, not captured',
		impact: 'buyer-loses',
		meaning: 'Money is blocked on the buyer’s card and nothing takes it or lets it go'
	},
	stalled: {
		label: 'Not progressing',
		impact: 'buyer-waits',
		meaning: 'Paused, tried again for too long, or silent for too long'
	},
	unreachable: {
		label: 'Deployment unreachable',
		impact: 'buyer-waits',
		meaning: 'Invocations are pinned to a deployment that does not answer'
	},
	locked: {
		label: 'Lock held too long',
		impact: 'buyer-waits',
		meaning: 'One invocation keeps an object to itself while others wait for it'
	},
	unpaid: {
		label: 'Sold, not paid',
		impact: 'house-loses',
		meaning: 'A seat counts as sold, and no paid order stands behind it'
	},
	mail: {
		label: 'Mail not sent',
		impact: 'buyer-unaware',
		meaning: 'The buyer has not been told what became of the order'
	},
	orphaned: {
		label: 'Hold without a checkout',
		impact: 'seat-blocked',
		meaning: 'A seat is held by a checkout that is gone, failed, paused or killed'
	},
	lapsed: {
		label: 'Hold past its time',
		impact: 'seat-blocked',
		meaning: 'The hold has lapsed, and its timer did not free the seat'
	}
};
