import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { CHANGE_ACTIONS } from '../../shared/change.ts';
import type { BulkOutcome } from '../../shared/change.ts';
import { ROLES } from '../../shared/operator-token.ts';
import { conflict, refused } from '../operations/action.ts';
import { ACTIONS } from '../operations/actions.ts';

export const WarrantInput = z.object({
	changeId: z.string(),
	operator: z.object({ name: z.string(), role: z.enum(ROLES) }),
	reason: z.string(),
	ticketRef: z.string().nullable(),
	requestId: z.string().nullable(),
	approved: z.boolean(),
	askedAt: z.number()
});

export const ItemInput = z.object({
	action: z.enum(CHANGE_ACTIONS),
	/** As the action's schema gave it. */
	item: z.unknown(),
	warrant: WarrantInput
});

/** What became of an item, with what its audit record tells. */
export interface ItemResult extends BulkOutcome {
	before: unknown;
	after: unknown;
	invocationIds: string[];
}

/**
 * One item of a bulk change: looked at, guarded and done by itself. That it is one of many gives it
 * no more right: what needs a second person alone needs one here as well.
 */
export async function carryOutItem(
	ctx: Context,
	{ action: name, item, warrant }: z.infer<typeof ItemInput>
): Promise<ItemResult> {
	const action = ACTIONS[name];
	const target = action.targetOf(item);
	try {
		const evidence = await action.look(ctx, item);
		const refusal = action.refusalOf(item, evidence);
		if (refusal) throw refused(refusal);
		const need = warrant.approved ? null : action.approvalFor(item, evidence);
		if (need !== null) throw refused(conflict(`It needs a second person, as ${need}: ask alone`));
		const effect = await action.carryOut(ctx, item, evidence, warrant);
		const { message, before, after, invocationIds } = effect;
		return { target, outcome: 'done', message, before, after, invocationIds };
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		const { message } = error;
		const nothing = { before: null, after: { refused: message }, invocationIds: [] };
		return { target, outcome: 'refused', message, ...nothing };
	}
}
