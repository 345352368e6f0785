import { isRefusal } from './refusal.ts';

/**
 * Which step of a sale failed, read from the Worker's log rows: each failed attempt and each
 * refusal leaves one there, those that a retry got over as well.
 */

/** Steps of a sale in their order, and what belongs to none of them. */
export const SALE_STEPS = [
	'reserve',
	'authorise',
	'confirm',
	'capture',
	'refund',
	'notify',
	'other'
] as const;
export type SaleStep = (typeof SALE_STEPS)[number];

export const STEP_LABELS: Record<SaleStep, string> = {
	reserve: 'Reserve',
	authorise: 'Authorise',
	confirm: 'Confirm',
	capture: 'Capture',
	refund: 'Give back money',
	notify: 'Notify',
	other: 'Other'
};

/** What a log row says of an attempt that failed. */
export interface FailedAttempt {
	service: string | null;
	handler: string | null;
	/** The durable step's name, where one failed. */
	step: string | null;
	/** Of a terminal error. */
	code: number | null;
}

/** How often a step failed. */
export interface StepFailures {
	step: SaleStep;
	/** Declines and seats that were taken: the service at work. */
	refused: number;
	/** Anything else. */
	faults: number;
	/** When it last failed, ms since the epoch; null when it did not. */
	lastAt: number | null;
}

/** Names of durable steps, by how they begin. */
const RUNS: readonly (readonly [string, SaleStep])[] = [
	['Price seats', 'reserve'],
	['Authorise payment', 'authorise'],
	['Capture payment', 'capture'],
	['Void or refund', 'refund'],
	['Refund', 'refund']
];

const TICKET_STEPS: Partial<Record<string, SaleStep>> = {
	reserve: 'reserve',
	hold: 'reserve',
	confirm: 'confirm'
};

/**
 * The step an attempt failed at, and whether it was refused by design. Null for what repeats a
 * failure that is counted where it happened (a checkout ends with its seat's refusal as its own), and
 * for what is no part of a sale: a look at the gateway's books, which the console itself asks for.
 */
export function classifyAttempt(
	attempt: FailedAttempt
): { step: SaleStep; refused: boolean } | null {
	const { service, code } = attempt;
	const refused = isRefusal(code);
	if (service === 'Checkout' && attempt.step === null && (code === 409 || code === 503))
		return null;
	if (service === 'Payment' && attempt.handler === 'money') return null;
	return { step: stepOf(attempt), refused };
}

function stepOf({ service, handler, step, code }: FailedAttempt): SaleStep {
	const known = RUNS.find(([name]) => step?.startsWith(name));
	if (known) return known[1];
	switch (service) {
		case 'Ticket':
			return TICKET_STEPS[handler ?? ''] ?? 'other';
		case 'Checkout':
			// Without a step: how it ended. Its input or its card was refused.
			return code === 402 ? 'authorise' : isRefusal(code) ? 'reserve' : 'other';
		case 'UserSession':
			return handler === 'open' ? 'reserve' : 'other';
		case 'Notification':
			return 'notify';
		default:
			return 'other';
	}
}

/** An invocation that failed at a step, once or several times. */
export interface FailedInvocation {
	id: string;
	service: string;
	handler: string;
	key: string | null;
	order: string | null;
	attempts: number;
	lastAt: number;
	message: string;
	refused: boolean;
}

/** Failures by step, and the invocations behind those of the step that was asked for. */
export interface FailureReport {
	steps: StepFailures[];
	invocations: FailedInvocation[] | null;
}

/** Attempts of one kind, as many as there were. */
export interface CountedAttempts extends FailedAttempt {
	n: number;
	lastAt: number;
}

/** Failures by step, every step in its order, those that never failed too. */
export function countSteps(attempts: readonly CountedAttempts[]): StepFailures[] {
	const steps = new Map<SaleStep, StepFailures>(
		SALE_STEPS.map((step) => [step, { step, refused: 0, faults: 0, lastAt: null }])
	);
	for (const attempt of attempts) {
		const kind = classifyAttempt(attempt);
		const count = kind && steps.get(kind.step);
		if (!count) continue;
		count[kind.refused ? 'refused' : 'faults'] += attempt.n;
		count.lastAt = Math.max(count.lastAt ?? 0, attempt.lastAt);
	}
	return [...steps.values()];
}

/**
 * Filters of the invocation list for those that a step's failures left behind. Those that a retry
 * got over are not among them: they failed no more, and only the log rows still tell.
 */
export function invocationsBehind(
	step: SaleStep,
	eventId: string
): Record<string, string | readonly string[]> {
	const stuck = ['backing-off', 'paused', 'failed'];
	switch (step) {
		case 'reserve':
			return { service: 'Ticket', key: `${eventId}:*`, status: 'failed' };
		case 'confirm':
			return { service: 'Ticket', handler: 'confirm', key: `${eventId}:*`, status: stuck };
		case 'authorise':
			return { service: 'Checkout', error: 'Payment', status: stuck };
		case 'capture':
			return { service: 'Checkout', status: ['backing-off', 'paused'] };
		case 'refund':
			return { service: 'Payment', status: stuck };
		case 'notify':
			return { service: 'Notification', status: stuck };
		case 'other':
			return { status: stuck };
	}
}

/** Reads a step from a URL; null for anything else. */
export const readStep = (text: string | null): SaleStep | null =>
	SALE_STEPS.find((step) => step === text) ?? null;
