import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { rpc } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { ChangeAnswer, ChangeView } from '../../shared/change.ts';
import { stepChange } from '../../shared/change-machine.ts';
import type { ChangeEvent } from '../../shared/change-machine.ts';
import { describeDifference } from '../../shared/difference.ts';
import { writeAudit } from '../audit-write.ts';
import { bulkSend, changeSend } from '../clients.ts';
import { conflict, refused } from '../operations/action.ts';
import type { Action, Effect, Warrant } from '../operations/action.ts';
import { ACTIONS } from '../operations/actions.ts';
import { recordOfEnd, recordOfProposal } from './record.ts';
import { saveChange } from './store.ts';
import type { ChangeContext } from './store.ts';

/** Takes a change one step on. @throws TerminalError 403 or 409 when it is in no state for it */
export async function advance(
	ctx: ChangeContext,
	view: ChangeView,
	event: ChangeEvent
): Promise<ChangeView> {
	const step = stepChange(view, event, await ctx.date.now());
	if (step.ok) return step.view;
	throw new TerminalError(step.rejection.message, { errorCode: step.rejection.status });
}

/** Goes on with a change that has just begun or was approved, as far as it may go now. */
export async function goOn(ctx: ChangeContext, view: ChangeView): Promise<ChangeAnswer> {
	const { id: changeId, status, until, approvalFor } = view;
	saveChange(ctx, view);
	if (status === 'awaiting-approval') {
		await writeAudit(ctx, [recordOfProposal(view)]);
		return { outcome: 'awaiting-approval', changeId, approvalFor: approvalFor ?? '' };
	}
	if (status === 'counting-down' && until !== null) {
		const delay = Math.max(0, until - (await ctx.date.now()));
		const options = rpc.sendOpts<{ until: number }>({ delay });
		changeSend(ctx, changeId).carryOut({ until }, options);
		return { outcome: 'counting-down', changeId, until };
	}
	return carryOut(ctx, view);
}

/** Does what was asked for, and records it. @throws TerminalError when it turned out impossible */
async function carryOut(ctx: ChangeContext, view: ChangeView): Promise<ChangeAnswer> {
	const { id: changeId, request, evidence } = view;
	const effect = await effectOf(ctx, ACTIONS[view.action], view, request, evidence);
	const { before, after, message, invocationIds, own, inverse, goesOn } = effect;
	const answer = { ...own, outcome: 'done' as const, changeId, message, invocationIds };
	if (goesOn) return answer;
	const done = await advance(ctx, view, { type: 'end', status: 'done', message, invocationIds });
	if (inverse !== undefined) ctx.set('inverse', inverse);
	saveChange(ctx, done);
	await writeAudit(ctx, [recordOfEnd(done, { outcome: 'done', before, after, invocationIds })]);
	ctx.console.info(`Operator change: ${view.action}`, {
		target: view.target,
		operator: view.proposer.name
	});
	return answer;
}

async function effectOf(
	ctx: ChangeContext,
	action: Action<unknown, unknown, object>,
	view: ChangeView,
	request: unknown,
	evidence: unknown
): Promise<Effect<object>> {
	try {
		return await action.carryOut(ctx, request, evidence, warrantOf(view));
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		throw await refuse(ctx, view, error);
	}
}

const isApproved = ({ decisions }: Pick<ChangeView, 'decisions'>): boolean =>
	decisions.some(({ approved }) => approved);

const warrantOf = ({ id, proposer, decisions, createdAt, ...view }: ChangeView): Warrant => ({
	changeId: id,
	operator: proposer,
	reason: view.reason,
	ticketRef: view.ticketRef,
	requestId: view.requestId,
	approved: isApproved({ decisions }),
	askedAt: createdAt
});

/** Ends a change that is under way and cannot be carried out. @returns what to throw */
export async function refuse(
	ctx: ChangeContext,
	view: ChangeView,
	error: TerminalError
): Promise<TerminalError> {
	const { message } = error;
	const end = { type: 'end', status: 'refused', message, invocationIds: [] } as const;
	const ended = view.status === 'under-way' ? await advance(ctx, view, end) : view;
	saveChange(ctx, ended);
	abandon(ctx, ended);
	const after = { refused: message };
	await writeAudit(ctx, [recordOfEnd(ended, { outcome: 'refused', after })]);
	return error;
}

/** The items of a bulk change that nobody will carry out need not be kept. */
export function abandon(ctx: ChangeContext, { action, id }: ChangeView): void {
	if (action === 'bulk') bulkSend(ctx, id).drop();
}

/** A change that has waited, after the time it was to wait for: looks again before it acts. */
export async function carryOutNow(ctx: ChangeContext, view: ChangeView): Promise<void> {
	saveChange(ctx, view);
	try {
		const evidence = await lookAgain(ctx, view);
		await carryOut(ctx, { ...view, evidence });
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		// It has left its record; nobody waits for this call.
		ctx.console.warn(`Operator change refused: ${view.action}`, { reason: error.message });
	}
}

async function lookAgain(ctx: ChangeContext, view: ChangeView): Promise<unknown> {
	try {
		const { evidence, refusal, differs } = await compare(ctx, view);
		if (refusal) throw refused(refusal);
		const need = isApproved(view) ? null : ACTIONS[view.action].approvalFor(view.request, evidence);
		if (need !== null)
			throw refused(conflict(`By now it needs a second person, as ${need}: ask again`));
		if (view.decisions.length > 0 && differs !== null)
			throw refused(conflict(`It is no longer as it was when it was approved: ${differs}`));
		return evidence;
	} catch (error) {
		if (!(error instanceof TerminalError)) throw error;
		throw await refuse(ctx, view, error);
	}
}

/** Reads the evidence again, and holds it against what the change was decided on. */
export async function compare(ctx: ChangeContext, { action: name, request, evidence }: ChangeView) {
	const action = ACTIONS[name];
	const now = await action.look(ctx, request);
	const essence = (each: unknown) => action.essenceOf?.(each) ?? each;
	return {
		evidence: now,
		refusal: action.refusalOf(request, now),
		differs: describeDifference(essence(evidence), essence(now))
	};
}
