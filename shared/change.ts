import type { Operator, Role } from './operator-token.ts';

/**
 * A change that an operator asks for, from the asking to its end: the contract between Operations,
 * which carries changes out, and the console, which shows them. Each is kept by the object
 * `Change/<id>` and leads through
 *
 *     asked ─► (awaiting-approval) ─► (counting-down) ─► under-way ─► done | refused
 *                   │ rejected, void        │ undone
 */

export const CHANGE_ACTIONS = [
	'forceRelease',
	'extendHold',
	'cancelCheckout',
	'refundOrder',
	'resendEmail',
	'pauseSale',
	'resumeSale',
	'invocation',
	'bulk',
	'registerDeployment',
	'removeDeployment'
] as const;
export type ChangeAction = (typeof CHANGE_ACTIONS)[number];

/** What can be done to an invocation as such, whatever it is in the sale's terms. */
export const INVOCATION_ACTS = [
	'cancel',
	'retry',
	'resume',
	'pause',
	'restart',
	'kill',
	'purge'
] as const;
export type InvocationAct = (typeof INVOCATION_ACTS)[number];

const OPERATORS: readonly Role[] = ['operator', 'approver', 'admin'];
const ADMINS: readonly Role[] = ['admin'];

/** Which roles may ask for each change. One table for the service, which enforces it, and the page. */
export const MAY_ASK: Readonly<Record<ChangeAction, readonly Role[]>> = {
	forceRelease: OPERATORS,
	extendHold: OPERATORS,
	cancelCheckout: OPERATORS,
	refundOrder: OPERATORS,
	resendEmail: OPERATORS,
	pauseSale: OPERATORS,
	resumeSale: OPERATORS,
	invocation: OPERATORS,
	bulk: OPERATORS,
	registerDeployment: ADMINS,
	removeDeployment: ADMINS
};

/** Who may approve or reject what somebody else proposed. */
export const APPROVERS: readonly Role[] = ['approver', 'admin'];

export const CHANGE_STATUSES = [
	'awaiting-approval',
	'counting-down',
	'under-way',
	'done',
	'refused',
	'rejected',
	'void',
	'undone'
] as const;
export type ChangeStatus = (typeof CHANGE_STATUSES)[number];

/** Whether a change has come to its end. */
export const isEnded = (status: ChangeStatus): boolean =>
	!['awaiting-approval', 'counting-down', 'under-way'].includes(status);

/** The longest time that a change may wait for its operator to think again. */
export const MAX_UNDO_MS = 60_000;
/** How long the console has each change wait that cannot be taken back. */
export const UNDO_MS = 8_000;

/** Refunds of more than this, in minor units, need a second person. */
export const REFUND_LIMIT = 50_000;
/** A bulk change of more items needs a second person. */
export const BULK_LIMIT = 25;
/** More items than one job takes. */
export const MAX_BULK = 10_000;

/** A second person's word on a change. */
export interface Decision {
	by: Operator;
	approved: boolean;
	reason: string;
	/** Ms since the epoch. */
	at: number;
}

/** A change as `Change/<id>/get` tells it. */
export interface ChangeView {
	id: string;
	action: ChangeAction;
	/** The seat key, order, invocation, event or deployment that it concerns. */
	target: string;
	/** What was asked, as the handler of Operations took it. */
	request: unknown;
	proposer: Operator;
	reason: string;
	ticketRef: string | null;
	requestId: string | null;
	status: ChangeStatus;
	/** Why it needs a second person; null when it does not. */
	approvalFor: string | null;
	/** What it was decided on: an approval holds only while this is still so. */
	evidence: unknown;
	/** What the operator was shown that it would do, a sentence each. */
	preview: string[];
	decisions: Decision[];
	/** Ms since the epoch. */
	createdAt: number;
	/** When it is carried out unless it is undone; null when it does not wait. */
	until: number | null;
	endedAt: number | null;
	/** What follows from it: invocations to watch until they have ended. */
	invocationIds: string[];
	/** What became of it, in a sentence; null until it has ended. */
	message: string | null;
}

/** What Operations answers to a change; `done` carries what the action itself tells beside it. */
export type ChangeAnswer =
	| { outcome: 'done'; changeId: string; message: string; invocationIds: string[] }
	| { outcome: 'awaiting-approval'; changeId: string; approvalFor: string }
	| { outcome: 'counting-down'; changeId: string; until: number };

/** What `Operations.approve` answers: what became of the change, or that it was turned down. */
export type DecisionAnswer = ChangeAnswer | { outcome: 'rejected'; changeId: string };

/** What `Operations.undo` answers. */
export interface UndoAnswer {
	outcome: 'undone';
	changeId: string;
	message: string;
}

/** The longest preview that is kept, in sentences, and the longest of these, in characters. */
export const MAX_PREVIEW = 40;
export const MAX_SENTENCE = 300;

const CHANGE_PREFIX = 'chg_';
const INVOCATION_PREFIX = 'inv_';

/** The change that a call of Operations makes: one to one. */
export const changeIdOf = (invocationId: string): string =>
	CHANGE_PREFIX + invocationId.slice(INVOCATION_PREFIX.length);

/** The call of Operations behind a change. */
export const invocationOfChange = (changeId: string): string =>
	INVOCATION_PREFIX + changeId.slice(CHANGE_PREFIX.length);

export const isChangeId = (text: string): boolean => /^chg_[0-9A-Za-z]{8,64}$/.test(text);

/** One item of a bulk change: the same fields as the single change has, without reason. */
export type BulkItem = Record<string, unknown>;

/** What became of one item. */
export interface BulkOutcome {
	target: string;
	outcome: 'done' | 'refused' | 'skipped';
	message: string;
}

/** A bulk job as `Bulk/<changeId>/get` tells it. */
export interface BulkView {
	changeId: string;
	action: ChangeAction;
	total: number;
	done: number;
	refused: number;
	/** Not tried, since somebody stopped the job. */
	skipped: number;
	status: 'under-way' | 'stopping' | 'stopped' | 'finished';
	startedAt: number;
	endedAt: number | null;
	/** The newest outcomes, newest first; all of them by `Bulk/<changeId>/outcomes`. */
	newest: BulkOutcome[];
}
