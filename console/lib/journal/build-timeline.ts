import type { Invocation } from '../invocation.ts';
import { journalItems } from './journal-items.ts';
import { interleave } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';
import { presentItem, suspensions, withIntervals } from './waiting-items.ts';
import type { WireEntry } from './wire-entry.ts';

/** What is known of one invocation, each kind in its own order. Redacted: fit for a page. */
export interface Known {
	entries: readonly WireEntry[];
	/** Failed attempts and pauses. */
	events: readonly TimelineItem[];
	logs: readonly TimelineItem[];
	/** What operators did to it. */
	actions: readonly TimelineItem[];
	/** Whether there are entries to come that exist already: the results of these among them. */
	partial?: boolean;
}

/** Everything known of one invocation on one time axis. */
export function buildTimeline(
	{ entries, events, logs, actions, partial = false }: Known,
	invocation?: Pick<Invocation, 'status' | 'modifiedAt' | 'nextRetryAt' | 'retryCount'>
): TimelineItem[] {
	const waits = suspensions(
		entries,
		events.map(({ at }) => at)
	);
	const journal = interleave(interleave(journalItems(entries, partial), waits), events);
	const all = withIntervals(interleave(interleave(journal, actions), logs));
	const now = invocation && !partial && presentItem(invocation, all.at(-1)?.at ?? 0);
	return now ? [...all, now] : all;
}
