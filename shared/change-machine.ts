import { APPROVERS } from './change.ts';
import type { ChangeStatus, ChangeView, Decision } from './change.ts';
import type { Operator } from './operator-token.ts';

/**
 * The life of a change: (view, event, now) -> (new view | rejection), with no I/O. The object
 * `Change` is its shell, as the seat's object is of the seat's machine.
 */

/** What is known of a change when it is asked for. */
export type AskedChange = Pick<
	ChangeView,
	| 'id'
	| 'action'
	| 'target'
	| 'request'
	| 'proposer'
	| 'reason'
	| 'ticketRef'
	| 'requestId'
	| 'preview'
	| 'evidence'
>;

export type ChangeEvent =
	| {
			type: 'decide';
			decision: Decision;
			/** What is otherwise than it was when it was proposed; null when all is the same. */
			differs: string | null;
			/** How long it waits before it is carried out. */
			waitMs: number;
	  }
	/** The countdown's timer, which names the end that it was set for. */
	| { type: 'due'; until: number }
	| { type: 'undo'; by: Operator }
	| {
			type: 'end';
			status: 'done' | 'refused' | 'undone';
			message: string;
			invocationIds: readonly string[];
	  };

export interface ChangeRejection {
	/** HTTP status that tells what kind of refusal it is. */
	status: 403 | 409;
	message: string;
}

export type ChangeStep =
	{ ok: true; changed: boolean; view: ChangeView } | { ok: false; rejection: ChangeRejection };

/** A change that may be made: it waits for a second person, for its operator, or not at all. */
export function beginChange(
	asked: AskedChange,
	{ approvalFor, waitMs }: { approvalFor: string | null; waitMs: number },
	now: number
): ChangeView {
	const blank = { decisions: [], createdAt: now, until: null, endedAt: null };
	const view: ChangeView = {
		...asked,
		...blank,
		status: 'awaiting-approval',
		approvalFor,
		invocationIds: [],
		message: null
	};
	return approvalFor === null ? proceed(view, waitMs, now) : view;
}

/** A change that was asked for and not begun. */
export const refusedChange = (asked: AskedChange, message: string, now: number): ChangeView =>
	ended(beginChange(asked, { approvalFor: null, waitMs: 0 }, now), 'refused', message, now);

/** Decides one event. Never mutates `view`; an unchanged step returns it as it was. */
export function stepChange(view: ChangeView, event: ChangeEvent, now: number): ChangeStep {
	switch (event.type) {
		case 'decide':
			return decide(view, event, now);
		case 'due':
			return view.status === 'counting-down' && view.until === event.until
				? changed({ ...view, status: 'under-way', until: null })
				: { ok: true, changed: false, view };
		case 'undo':
			return undo(view, event.by, now);
		case 'end':
			return end(view, event, now);
	}
}

type Event<T extends ChangeEvent['type']> = Extract<ChangeEvent, { type: T }>;

const changed = (view: ChangeView): ChangeStep => ({ ok: true, changed: true, view });

const reject = (status: 403 | 409, message: string): ChangeStep => ({
	ok: false,
	rejection: { status, message }
});

const proceed = (view: ChangeView, waitMs: number, now: number): ChangeView =>
	waitMs > 0
		? { ...view, status: 'counting-down', until: now + waitMs }
		: { ...view, status: 'under-way', until: null };

const ended = (view: ChangeView, status: ChangeStatus, message: string, now: number) => ({
	...view,
	status,
	message,
	until: null,
	endedAt: now
});

function decide(view: ChangeView, event: Event<'decide'>, now: number): ChangeStep {
	const { decision, differs, waitMs } = event;
	const { by, approved, reason } = decision;
	if (view.status !== 'awaiting-approval')
		return reject(409, `The change awaits no approval any more: it is ${said(view.status)}`);
	if (!APPROVERS.includes(by.role))
		return reject(403, `Role "${by.role}" may not decide this; it takes ${APPROVERS.join(' or ')}`);
	if (by.name === view.proposer.name)
		return reject(403, 'You proposed this change: somebody else has to decide it');
	const decided = { ...view, decisions: [...view.decisions, decision] };
	if (!approved) return changed(ended(decided, 'rejected', `Rejected: ${reason}`, now));
	if (differs !== null) {
		const message = `Void: it is no longer as it was when this was proposed: ${differs}`;
		return changed(ended(view, 'void', message, now));
	}
	return changed(proceed(decided, waitMs, now));
}

/** Takes back what has not begun. Of what is done only the shell knows whether a way back is left. */
function undo(view: ChangeView, by: Operator, now: number): ChangeStep {
	if (by.name !== view.proposer.name && !APPROVERS.includes(by.role))
		return reject(403, `Only ${view.proposer.name}, who asked for it, or an approver may undo it`);
	if (view.status === 'awaiting-approval' || view.status === 'counting-down')
		return changed(ended(view, 'undone', `Undone by ${by.name} before anything was done`, now));
	if (view.status === 'done') return { ok: true, changed: false, view };
	return reject(409, `There is nothing to undo: the change is ${said(view.status)}`);
}

function end(view: ChangeView, event: Event<'end'>, now: number): ChangeStep {
	const before = event.status === 'undone' ? 'done' : 'under-way';
	if (view.status !== before)
		return reject(409, `The change cannot end as ${event.status}: it is ${said(view.status)}`);
	const invocationIds = [...new Set([...view.invocationIds, ...event.invocationIds])];
	return changed({ ...ended(view, event.status, event.message, now), invocationIds });
}

const said = (status: ChangeStatus): string => status.replaceAll('-', ' ');
