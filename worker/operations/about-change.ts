import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { APPROVERS, isChangeId, MAY_ASK } from '../../shared/change.ts';
import type { DecisionAnswer, UndoAnswer } from '../../shared/change.ts';
import type { Operator } from '../../shared/operator-token.ts';
import { writeAudit } from '../audit-write.ts';
import { bulkOf, changeOf } from '../clients.ts';
import { requireOperator } from '../operator.ts';
import { input } from '../schemas.ts';
import { Justification } from './action.ts';

/** What operators do about a change that is there already. */

const OnChange = z.object({
	reason: Justification.reason,
	changeId: z.string().refine(isChangeId, 'is not the ID of a change')
});

const Approve = OnChange.extend({
	approve: z.boolean(),
	expect: z.object({
		status: z.literal('awaiting-approval', 'only a change that awaits approval can be decided')
	})
});

const comer = (ctx: Context, by: Operator, reason: string) => {
	const { id, headers } = ctx.request();
	return { by, reason, invocationId: id, requestId: headers.get('x-request-id') ?? null };
};

/** A second person's word: approves a change, or rejects it. */
export const approve = restate.handlers.handler(
	input(Approve),
	async (
		ctx: Context,
		{ changeId, approve: yes, reason }: z.infer<typeof Approve>
	): Promise<DecisionAnswer> => {
		const by = await requireOperator(ctx, APPROVERS);
		return changeOf(ctx, changeId).decide({ ...comer(ctx, by, reason), approve: yes });
	}
);

/** Takes a change back, while it waits or by its opposite. */
export const undo = restate.handlers.handler(
	input(OnChange),
	async (ctx: Context, { changeId, reason }: z.infer<typeof OnChange>): Promise<UndoAnswer> => {
		const by = await requireOperator(ctx, MAY_ASK.bulk);
		return changeOf(ctx, changeId).undo(comer(ctx, by, reason));
	}
);

export interface BulkStopped {
	outcome: 'done';
	changeId: string;
	message: string;
	invocationIds: string[];
}

/** Has a bulk job end after what it works on now. */
export const stopBulk = restate.handlers.handler(
	input(OnChange),
	async (ctx: Context, { changeId, reason }: z.infer<typeof OnChange>): Promise<BulkStopped> => {
		const {
			by: actor,
			invocationId: id,
			requestId
		} = comer(ctx, await requireOperator(ctx, MAY_ASK.bulk), reason);
		const record = { id, actor, action: 'stopBulk', target: changeId, reason, requestId, changeId };
		const invocationIds: string[] = [];
		try {
			const { done, refused, total } = await bulkOf(ctx, changeId).stop();
			const after = { done, refused, total };
			await writeAudit(ctx, [{ ...record, outcome: 'done', before: null, after, invocationIds }]);
		} catch (error) {
			if (!(error instanceof restate.TerminalError)) throw error;
			const after = { refused: error.message };
			await writeAudit(ctx, [
				{ ...record, outcome: 'refused', before: null, after, invocationIds }
			]);
			throw error;
		}
		const message = 'The job stops after the items that it works on now';
		return { outcome: 'done', changeId, message, invocationIds };
	}
);
