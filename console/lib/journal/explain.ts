import type { Invocation, InvocationTarget } from '../invocation.ts';
import type { TimelineItem } from './timeline.ts';

/** Why an invocation does not go on by itself right now, or how it ended. */
export interface Explanation {
	/** A sentence without its time. */
	text: string;
	/** When what it waits for is due. */
	until: number | null;
	/** Whom it waits for. */
	invocationId: string | null;
}

/** What an object's key is doing, for an invocation that waits for its turn. */
export interface Lock {
	holder: string | null;
	waiting: number;
}

/** Puts an invocation's status into a sentence. */
export function explain(
	invocation: Invocation,
	timeline: readonly TimelineItem[],
	lock: Lock | null
): Explanation {
	const { status, failedStep, retryCount } = invocation;
	const step = failedStep === null ? '' : ` at “${failedStep}”`;
	const cancelling = isCancelRequested(timeline) ? 'Cancel requested: compensating. ' : '';
	switch (status) {
		case 'running':
			return say(`${cancelling}An attempt is running now`);
		case 'backing-off':
			return say(
				`${cancelling}Failed ${times(retryCount)}${step}; next attempt`,
				invocation.nextRetryAt
			);
		case 'suspended': {
			const awaited = timeline.filter(({ pending }) => pending);
			const [first] = awaited;
			const more = awaited.length > 1 ? ` and ${awaited.length - 1} more` : '';
			return say(
				`${cancelling}Waits for ${first ? nameOf(first) : 'a signal'}${more}`,
				first?.until ?? null,
				first?.invocationId ?? null
			);
		}
		case 'paused':
			return say(`${cancelling}${paused(retryCount)}${step}; it will not go on by itself`);
		case 'scheduled':
			return say('Starts', invocation.startsAt);
		case 'pending':
			return say(
				lock?.holder ? 'Waits for its key, which is locked' : 'Waits for its turn',
				null,
				lock?.holder ?? null
			);
		case 'succeeded':
			return say('Completed with a result');
		case 'failed':
			return say('Completed with an error');
		case 'cancelled':
			return say('Cancelled, and its compensations have run');
		case 'killed':
			return say('Ended at once: no compensation has run');
	}
}

/** A second cancel would hit the compensations of the first, so one is all there may be. */
export const isCancelRequested = (timeline: readonly TimelineItem[]): boolean =>
	timeline.some(({ kind, verb }) => kind === 'signal' && verb === 'Cancel requested');

const say = (
	text: string,
	until: number | null = null,
	invocationId: string | null = null
): Explanation => ({ text, until, invocationId });

const paused = (n: number): string => (n === 0 ? 'Paused' : `Paused after it failed ${times(n)}`);

const times = (n: number): string => (n === 1 ? 'once' : `${n} times`);

function nameOf({ kind, subject, target }: TimelineItem): string {
	if (target) return targetName(target);
	if (kind === 'sleep') return subject === null ? 'a timer' : `a timer, “${subject}”`;
	return subject === null ? `a ${kind}` : `“${subject}”`;
}

/** `Ticket/concert-1:S1-A-1/reserve`. */
export const targetName = ({ service, key, handler }: InvocationTarget): string =>
	[service, key, handler].filter((part) => part !== null).join('/');
