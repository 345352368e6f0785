import type { LogRow } from '$shared/log-row.ts';
import type { JournalEventRow, JournalRow } from './entry.ts';
import { eventItems } from './event-items.ts';
import { journalItems } from './journal-items.ts';
import { logItems } from './log-items.ts';
import { interleave } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';

/** Everything known of one invocation on one time axis. Redacted: fit for a page. */
export function buildTimeline(known: {
	journal: readonly JournalRow[];
	events: readonly JournalEventRow[];
	logs: readonly (LogRow & { id: number })[];
}): TimelineItem[] {
	const journal = interleave(journalItems(known.journal), eventItems(known.events));
	return interleave(journal, logItems(known.logs));
}
