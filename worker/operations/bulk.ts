import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { CHANGE_ACTIONS } from '../../shared/change.ts';
import { bulkOf } from '../clients.ts';
import type { Action } from './action.ts';

/** What a bulk change is, without its items: those wait in the object Bulk. */
const BulkRequest = z.object({
	changeId: z.string(),
	change: z.enum(CHANGE_ACTIONS),
	total: z.int().min(1),
	/** SHA-256 over the items: which ones it is about. */
	digest: z.string(),
	/** What its refunds come to, in minor units, as far as that was added up. */
	refunded: z.int(),
	/** Whether an item needs approval whatever state it meets. */
	severe: z.boolean()
});

export type BulkRequest = z.infer<typeof BulkRequest>;

export interface BulkBegun {
	total: number;
}

/** The same change to many things, as a job that goes on by itself. */
export const bulk: Action<BulkRequest, Pick<BulkRequest, 'digest'>, BulkBegun> = {
	name: 'bulk',
	schema: BulkRequest,
	targetOf: ({ changeId }) => changeId,
	look: (_, { digest }) => Promise.resolve({ digest }),
	refusalOf: () => null,
	approvalFor: ({ change, total: items, refunded, severe }) =>
		approvalFor({ action: 'bulk', change, items, refunded, severe }),
	isFinal: () => true,
	carryOut: async (ctx, { changeId, change, total }, _, warrant) => {
		await bulkOf(ctx, changeId).start({ action: change, total, warrant });
		return {
			before: null,
			after: { total },
			message: `The job has begun: ${total} ${total === 1 ? 'item' : 'items'}`,
			invocationIds: [],
			own: { total },
			goesOn: true
		};
	}
};
