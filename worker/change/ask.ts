import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { CHANGE_ACTIONS } from '../../shared/change.ts';
import type { ChangeAnswer } from '../../shared/change.ts';
import { beginChange, refusedChange } from '../../shared/change-machine.ts';
import type { AskedChange } from '../../shared/change-machine.ts';
import { ROLES } from '../../shared/operator-token.ts';
import { refused } from '../operations/action.ts';
import type { Action } from '../operations/action.ts';
import { ACTIONS } from '../operations/actions.ts';
import { goOn, refuse } from './carry-out.ts';
import type { ChangeContext } from './store.ts';

export const OperatorInput = z.object({ name: z.string(), role: z.enum(ROLES) });

/** What Operations asks for, in the name of an operator that it knows. */
export const Ask = z.object({
	action: z.enum(CHANGE_ACTIONS),
	request: z.unknown(),
	operator: OperatorInput,
	reason: z.string(),
	ticketRef: z.string().nullable(),
	requestId: z.string().nullable(),
	undoMs: z.int(),
	preview: z.array(z.string())
});

/** Looks, decides, and goes as far as may be gone without waiting. */
export async function ask(ctx: ChangeContext, asked: z.infer<typeof Ask>): Promise<ChangeAnswer> {
	const { operator, undoMs, request, ...facts } = asked;
	const action = ACTIONS[asked.action];
	const target = action.targetOf(request);
	const blank = { ...facts, id: ctx.key, target, request, proposer: operator, evidence: null };
	const evidence = await look(ctx, action, blank);
	const waitMs = action.isFinal(request, evidence) ? undoMs : 0;
	ctx.set('waitMs', waitMs);
	const approvalFor = action.approvalFor(request, evidence);
	const now = await ctx.date.now();
	return goOn(ctx, beginChange({ ...blank, evidence }, { approvalFor, waitMs }, now));
}

async function look(
	ctx: ChangeContext,
	action: Action<unknown, unknown, object>,
	asked: AskedChange
): Promise<unknown> {
	try {
		const evidence = await action.look(ctx, asked.request);
		const refusal = action.refusalOf(asked.request, evidence);
		if (refusal) throw refused(refusal);
		return evidence;
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		const now = await ctx.date.now();
		throw await refuse(ctx, refusedChange(asked, error.message, now), error);
	}
}
