/** What an operator calls the state of an invocation; finer than Restate's own `status`. */
export const INVOCATION_STATUSES = [
	'running',
	'backing-off',
	'suspended',
	'paused',
	'scheduled',
	'pending',
	'succeeded',
	'failed',
	'cancelled',
	'killed'
] as const;
export type InvocationStatus = (typeof INVOCATION_STATUSES)[number];

const COMPLETED: readonly InvocationStatus[] = ['succeeded', 'failed', 'cancelled', 'killed'];

export const isCompleted = (status: InvocationStatus): boolean => COMPLETED.includes(status);

/** What an invocation calls, or is called by. */
export interface InvocationTarget {
	service: string;
	/** Object key; null for a plain service. */
	key: string | null;
	handler: string;
}

export interface InvocationFailure {
	/** Restate's code, such as 402 or 500. */
	code: number | null;
	message: string;
}

/** One row of the invocation list. Times are ms since the epoch. */
export interface Invocation extends InvocationTarget {
	id: string;
	status: InvocationStatus;
	createdAt: number;
	modifiedAt: number;
	completedAt: number | null;
	/** When a scheduled one starts. */
	startsAt: number | null;
	/** Attempts since its last progress that failed. */
	retryCount: number;
	nextRetryAt: number | null;
	/** Why it failed, or why its last attempt did. */
	failure: InvocationFailure | null;
	/** The step that its last attempt failed at. */
	failedStep: string | null;
}

/** What the invocation list knows of one beyond that. */
export interface ListedInvocation extends Invocation {
	caller: InvocationCaller;
	deployment: string | null;
	idempotencyKey: string | null;
	/** Entries in its journal; null where Restate no longer keeps it. */
	journalSize: number | null;
}

/** Who called: another invocation's handler, the ingress, an operator's restart. */
export interface InvocationCaller {
	/** Restate's word for the kind of caller, such as `service` or `ingress`. */
	by: string;
	id: string | null;
	target: string | null;
}

/** How Restate words the end of an invocation that was cancelled or killed. */
export const CANCELLED_FAILURES = ['[409] cancelled', '[409] canceled'] as const;
export const KILLED_FAILURE = '[409] killed';

/**
 * The operator's status from Restate's. A cancelled and a killed invocation are `completed` with
 * a failure, told from others by its wording alone; there is no other sign of them.
 */
export function readStatus(
	status: string,
	result: string | undefined,
	failure: string | undefined
): InvocationStatus {
	if (status === 'completed') {
		if (result === 'success') return 'succeeded';
		const wording = (failure ?? '').toLowerCase();
		if (wording === KILLED_FAILURE) return 'killed';
		return CANCELLED_FAILURES.some((known) => known === wording) ? 'cancelled' : 'failed';
	}
	if (status === 'inboxed') return 'pending';
	const known = INVOCATION_STATUSES.find((each) => each === status);
	// `ready` and `invoked`: under way, between two attempts that did not fail.
	return known ?? 'running';
}

/** Reads `[402] Payment Failed: …`, which may carry a stack trace from its second line on. */
export function readFailure(text: string | undefined): InvocationFailure | null {
	if (text === undefined) return null;
	const [line = ''] = text.split('\n');
	const match = /^\[(\d+)[^\]]*\] ?(.*)$/.exec(line);
	if (!match) return { code: null, message: line };
	return { code: Number(match[1]), message: match[2] ?? '' };
}

const INVOCATION_ID = /^inv_[0-9A-Za-z]{8,64}$/;

export const isInvocationId = (text: string): boolean => INVOCATION_ID.test(text);
