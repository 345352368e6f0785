import { isCompleted } from '../invocation.ts';
import type { Invocation, InvocationStatus, InvocationTarget } from '../invocation.ts';
import type { TimelineItem } from './timeline.ts';

/** Why an invocation does not go on by itself right now, or how it ended. */
export interface Explanation {
	/** A sentence without its time. */
	text: string;
	/** When what it waits for is due. */
	until: number | null;
	/** Whom it waits for. */
	invocationId: string | null;
	/** The error behind it. */
	cause: string | null;
}

/** What an object's key is doing, for an invocation that waits for its turn. */
export interface Lock {
	holder: string | null;
	waiting: number;
	/** The first of those that wait, in their order. */
	queue: readonly string[];
}

/** Puts an invocation's status into a sentence. */
export function explain(
	invocation: Invocation,
	timeline: readonly TimelineItem[],
	lock: Lock | null
): Explanation {
	const { status, retryCount } = invocation;
	const explanation = SAY[status](invocation, timeline, lock);
	const compensating = !isCompleted(status) && isCancelRequested(timeline);
	const text = compensating
		? `Cancel requested: compensating. ${explanation.text}`
		: explanation.text;
	const after =
		status === 'running' && retryCount > 0 ? `, after it failed ${times(retryCount)}` : '';
	return { ...explanation, text: text + after };
}

type Say = (
	invocation: Invocation,
	timeline: readonly TimelineItem[],
	lock: Lock | null
) => Explanation;

const SAY: Record<InvocationStatus, Say> = {
	running: (_, timeline) => {
		const step = timeline.findLast(({ kind, pending }) => kind === 'run' && pending);
		return say(`An attempt is running now${step ? `: it is at ${nameOf(step)}` : ''}`);
	},
	'backing-off': ({ failedStep, retryCount, nextRetryAt, failure }) => ({
		...say(`Failed ${times(retryCount)}${at(failedStep)}; next attempt`, nextRetryAt),
		cause: failure?.message ?? null
	}),
	suspended: (_, timeline) => {
		const awaited = timeline.filter(({ pending, index }) => pending && index !== null);
		const [first] = awaited;
		const more = awaited.length > 1 ? ` and ${awaited.length - 1} more` : '';
		return say(
			`Waits for ${first ? nameOf(first) : 'a result or a signal'}${more}`,
			first?.until ?? null,
			first?.invocationId ?? null
		);
	},
	paused: ({ failedStep, failure }, timeline) => {
		// Restate forgets the failures of a paused one; its journal's events keep them.
		const pause = timeline.findLast(({ kind }) => kind === 'pause');
		const step = pause?.note ? ` ${pause.note}` : at(failedStep);
		const cause = pause?.subject ?? failure?.message ?? null;
		const after = cause === null ? '' : ` after its attempts failed${step}`;
		return { ...say(`Paused${after}; it goes on only when somebody resumes it`), cause };
	},
	scheduled: ({ startsAt }) => say('Starts', startsAt),
	pending: ({ id }, _, lock) => {
		if (!lock?.holder) return say('Waits for its turn');
		const place = lock.queue.indexOf(id) + 1;
		const turn = place > 0 ? `, as number ${place} of ${lock.waiting} in the queue` : '';
		return say(`Waits for its key, which is locked${turn}`, null, lock.holder);
	},
	succeeded: () => say('Completed with a result'),
	failed: ({ failure }, timeline) => {
		const step = timeline.find(({ kind, failed }) => failed && (kind === 'run' || kind === 'call'));
		const where = step ? `Failed at ${nameOf(step)}` : 'Completed with an error';
		return { ...say(where + undone(timeline)), cause: failure?.message ?? null };
	},
	cancelled: (_, timeline) => {
		const before =
			timeline.length > 0 && undone(timeline) === '' ? ' before there was anything to undo' : '';
		return say(`Cancelled${before || undone(timeline)}`);
	},
	killed: () => say('Ended at once: no compensation has run')
};

const undone = (timeline: readonly TimelineItem[]): string =>
	timeline.some(({ compensation }) => compensation)
		? '; what it had done before has been undone'
		: '';

const at = (step: string | null): string => (step === null ? '' : ` at “${step}”`);

/** A second cancel would hit the compensations of the first, so one is all there may be. */
export const isCancelRequested = (timeline: readonly TimelineItem[]): boolean =>
	timeline.some(({ kind, verb }) => kind === 'signal' && verb === 'Cancel requested');

const say = (
	text: string,
	until: number | null = null,
	invocationId: string | null = null
): Explanation => ({ text, until, invocationId, cause: null });

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

function nameOf({ kind, subject, target }: TimelineItem): string {
	if (target) return targetName(target);
	if (kind === 'sleep') return subject === null ? 'a timer' : `a timer, “${subject}”`;
	return subject === null ? `a ${kind}` : `“${subject}”`;
}

/** `Ticket/concert-1:S1-A-1/reserve`. */
export const targetName = ({ service, key, handler }: InvocationTarget): string =>
	[service, key, handler].filter((part) => part !== null).join('/');
