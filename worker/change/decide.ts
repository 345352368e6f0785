import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import type { ChangeView, DecisionAnswer } from '../../shared/change.ts';
import { writeAudit } from '../audit-write.ts';
import { conflict, refused } from '../operations/action.ts';
import { abandon, advance, compare, goOn } from './carry-out.ts';
import { OperatorInput } from './ask.ts';
import { recordOfComer } from './record.ts';
import type { Comer } from './record.ts';
import { loadChange, saveChange } from './store.ts';
import type { ChangeContext } from './store.ts';

/** Somebody who comes to a change, as Operations knows them. */
export const ComerInput = z.object({
	by: OperatorInput,
	reason: z.string(),
	invocationId: z.string(),
	requestId: z.string().nullable()
});

export const Decide = ComerInput.extend({ approve: z.boolean() });

/** A second person's word. What they approve is what was proposed, or nothing. */
export async function decide(
	ctx: ChangeContext,
	{ approve, ...comer }: z.infer<typeof Decide>
): Promise<DecisionAnswer> {
	const view = await loadChange(ctx);
	const verb = approve ? 'approve' : 'reject';
	const decided = await orRecorded(ctx, view, comer, verb, async () => {
		const differs = approve && view.status === 'awaiting-approval' ? await moved(ctx, view) : null;
		const { by, reason } = comer;
		const decision = { by, reason, approved: approve, at: await ctx.date.now() };
		const waitMs = (await ctx.get('waitMs')) ?? 0;
		return advance(ctx, view, { type: 'decide', decision, differs, waitMs });
	});
	const { status: outcome, message } = decided;
	const said = outcome === 'rejected' || outcome === 'void' ? outcome : 'approved';
	const after = { status: outcome, message };
	await writeAudit(ctx, [recordOfComer(decided, comer, verb, { outcome: said, after })]);
	if (said === 'approved') return goOn(ctx, decided);
	saveChange(ctx, decided);
	abandon(ctx, decided);
	if (said === 'void') throw refused(conflict(message ?? ''));
	return { outcome: 'rejected', changeId: view.id };
}

/** What is otherwise than it was when it was proposed; null when nothing is. */
async function moved(ctx: ChangeContext, view: ChangeView): Promise<string | null> {
	try {
		const { refusal, differs } = await compare(ctx, view);
		return differs ?? refusal?.message ?? null;
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		return error.message;
	}
}

/** What somebody may not do about a change leaves a record as well. */
export async function orRecorded<T>(
	ctx: ChangeContext,
	view: ChangeView,
	comer: Comer,
	action: string,
	body: () => Promise<T>
): Promise<T> {
	try {
		return await body();
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		const after = { refused: error.message };
		await writeAudit(ctx, [recordOfComer(view, comer, action, { outcome: 'refused', after })]);
		throw error;
	}
}
