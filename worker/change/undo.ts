import type { ChangeView, UndoAnswer } from '../../shared/change.ts';
import type { z } from 'zod';
import { writeAudit } from '../audit-write.ts';
import { conflict, refused } from '../operations/action.ts';
import { ACTIONS } from '../operations/actions.ts';
import { abandon, advance } from './carry-out.ts';
import { orRecorded } from './decide.ts';
import type { ComerInput } from './decide.ts';
import { recordOfComer } from './record.ts';
import type { Comer } from './record.ts';
import { loadChange, saveChange } from './store.ts';
import type { ChangeContext } from './store.ts';

/** Takes a change back: before anything is done it just ends; after that the opposite is done. */
export async function undo(
	ctx: ChangeContext,
	comer: z.infer<typeof ComerInput>
): Promise<UndoAnswer> {
	const view = await loadChange(ctx);
	const { undone, before, after } = await orRecorded(ctx, view, comer, 'undo', async () => {
		const next = await advance(ctx, view, { type: 'undo', by: comer.by });
		return next.status === 'undone'
			? { undone: next, before: { status: view.status }, after: { status: next.status } }
			: reverse(ctx, view, comer);
	});
	const { message, invocationIds } = undone;
	saveChange(ctx, undone);
	if (view.status !== 'done') abandon(ctx, undone);
	const particulars = { outcome: 'undone', before, after, invocationIds };
	await writeAudit(ctx, [recordOfComer(undone, comer, 'undo', particulars)]);
	return { outcome: 'undone', changeId: view.id, message: message ?? '' };
}

async function reverse(ctx: ChangeContext, view: ChangeView, { by, reason, requestId }: Comer) {
	const action = ACTIONS[view.action];
	const inverse = await ctx.get('inverse');
	if (!action.reverse || inverse === null)
		throw refused(
			conflict(
				`There is no way back from this (${view.message ?? 'it is done'}): what it did cannot be ` +
					'undone, only followed by another change'
			)
		);
	const { id: changeId, ticketRef, createdAt: askedAt } = view;
	const cause = { changeId, reason, ticketRef, requestId };
	const warrant = { ...cause, operator: by, approved: false, askedAt };
	const effect = await action.reverse(ctx, view.target, inverse, warrant);
	const { message, invocationIds, before, after } = effect;
	const undone = await advance(ctx, view, {
		type: 'end',
		status: 'undone',
		message,
		invocationIds
	});
	return { undone, before, after };
}
