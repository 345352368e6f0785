import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { MAX_PREVIEW, MAX_SENTENCE, MAX_UNDO_MS } from '../../shared/change.ts';
import type { ChangeAction, ChangeAnswer } from '../../shared/change.ts';
import type { Operator } from '../../shared/operator-token.ts';

/** Why something is done, and the case it belongs to where there is one. */
export const Justification = {
	reason: z.string('say why').trim().min(5, 'say why, in at least 5 characters').max(500),
	ticketRef: z.string().trim().max(100).optional()
};

/** What every change may be given besides what is its own. */
export const Terms = {
	...Justification,
	/** How long it waits for its operator to think again; a script has no need to. */
	undoMs: z.int().min(0).max(MAX_UNDO_MS).optional(),
	/** What the operator was shown that it would do. */
	preview: z.array(z.string().min(1).max(MAX_SENTENCE)).max(MAX_PREVIEW).optional()
};

/** A request with a preview of the longest kind. */
export const MAX_REQUEST_BYTES = 64 * 1024;

export interface Refusal {
	/** HTTP status: 400 for what can never be, 404 for what is not there, 409 for not now. */
	status: 400 | 404 | 409;
	message: string;
}

/** Refuses as the state of things does not allow it, and says that nothing happened. */
export const conflict = (message: string): Refusal => ({
	status: 409,
	message: `${message}. Nothing was done.`
});

export const refused = ({ status, message }: Refusal): TerminalError =>
	new TerminalError(message, { errorCode: status });

/** In whose name a change is made, and why. */
export interface Warrant {
	changeId: string;
	operator: Operator;
	reason: string;
	ticketRef: string | null;
	requestId: string | null;
	/** Whether a second person has approved it. */
	approved: boolean;
	/** When it was asked for, ms since the epoch. */
	askedAt: number;
}

/** What a change did, for its audit record and its answer. */
export interface Effect<Own> {
	before: unknown;
	after: unknown;
	/** What became of it, in a sentence. */
	message: string;
	/** Invocations to watch: what it stopped or began, until these have ended. */
	invocationIds: string[];
	/** What the action answers beside what all answer. */
	own: Own;
	/** What a way back needs to know; absent when there is none. */
	inverse?: unknown;
	/** Somebody else goes on with it, and will tell the change of its end. */
	goesOn?: true;
}

/**
 * One thing that operators can do. It looks at the world, decides by pure functions of the request
 * and what it saw, and acts. (The members are methods so that a table can hold actions of different
 * requests.)
 */
export interface Action<Request, Evidence, Own extends object> {
	name: ChangeAction;
	/** The request's own fields. */
	schema: z.ZodType<Request>;
	/** What it concerns. */
	targetOf(request: Request): string;
	/** Reads what it is decided on; what it returns is kept, and an approval holds for it alone. */
	look(ctx: Context, request: Request): Promise<Evidence>;
	/** Why it must not be done on what was seen; null when it may. */
	refusalOf(request: Request, evidence: Evidence): Refusal | null;
	/** Why it needs a second person; null when it does not. */
	approvalFor(request: Request, evidence: Evidence): string | null;
	/** Whether there is no way back once it is done, so that it waits when asked to. */
	isFinal(request: Request, evidence: Evidence): boolean;
	/** @throws TerminalError when it turns out that it cannot be done */
	carryOut(
		ctx: Context,
		request: Request,
		evidence: Evidence,
		warrant: Warrant
	): Promise<Effect<Own>>;
	/** The part of the evidence that an approval holds for, where that is not all of it. */
	essenceOf?(evidence: Evidence): unknown;
	/** Does the opposite. @throws TerminalError when the world has moved on */
	reverse?(
		ctx: Context,
		target: string,
		inverse: unknown,
		warrant: Warrant
	): Promise<Omit<Effect<unknown>, 'own'>>;
}

/** What its handler answers: the action's own fields only when it is done. */
export type AnswerOf<Own> =
	(Extract<ChangeAnswer, { outcome: 'done' }> & Own) | Exclude<ChangeAnswer, { outcome: 'done' }>;
