import { BULK_LIMIT, REFUND_LIMIT } from './change.ts';
import type { ChangeAction, InvocationAct } from './change.ts';

/** What about a change may call for a second person. */
export type ApprovalCase =
	| {
			action: 'refundOrder';
			/** What the order will have had back in all, in minor units: parts add up. */
			refunded: number;
	  }
	| { action: 'invocation'; act: InvocationAct }
	| { action: 'forceRelease'; force: boolean; paying: boolean }
	| {
			action: 'bulk';
			change: ChangeAction;
			items: number;
			/** Refunds in all, in minor units. */
			refunded: number;
			/** Whether one of its items needs approval whatever state it meets. */
			severe: boolean;
	  }
	| { action: Exclude<ChangeAction, 'refundOrder' | 'invocation' | 'forceRelease' | 'bulk'> };

/** Why a change needs a second person; null when it does not. */
export function approvalFor(change: ApprovalCase): string | null {
	switch (change.action) {
		case 'refundOrder':
			return change.refunded > REFUND_LIMIT
				? `it returns more than ${REFUND_LIMIT / 100} to one buyer`
				: null;
		case 'invocation':
			return change.act === 'kill' ? 'a kill runs no compensation' : null;
		case 'forceRelease':
			return change.force && change.paying
				? 'it takes the seat from a buyer who is paying this moment'
				: null;
		case 'bulk':
			return approvalForBulk(change);
		default:
			return null;
	}
}

function approvalForBulk({
	items,
	refunded,
	severe
}: Extract<ApprovalCase, { action: 'bulk' }>): string | null {
	if (items > BULK_LIMIT) return `it changes ${items} things at once, more than ${BULK_LIMIT}`;
	if (refunded > REFUND_LIMIT) return `it returns more than ${REFUND_LIMIT / 100} in all`;
	return severe ? 'one of its items needs approval by itself' : null;
}
