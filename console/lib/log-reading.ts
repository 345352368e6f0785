import type { LogLevel, StoredLog } from '$shared/log-row.ts';
import type { LogCursor, LogFilter } from './log-filter.ts';

/** One page of the logs, as read from the store. */
export interface LogPage {
	/** Newest first. */
	rows: StoredLog[];
	next: LogCursor | null;
	/** Of each level, whichever levels are shown; one that passes `COUNT_LIMIT` is cut there. */
	counts: Record<LogLevel, number>;
	/** Services to choose from. */
	services: string[];
	/** The newest row of all: a tail goes on from it. */
	seen: number;
}

/** What the log page is drawn from. */
export interface LogReading extends LogPage {
	filter: LogFilter;
	before: LogCursor | null;
	readAt: number;
	tookMs: number;
}

/** What has come since a tail last looked. */
export interface LogTail {
	/** Newest first. */
	rows: StoredLog[];
	seen: number;
	/** Whether more has come than one answer holds. */
	more: boolean;
	readAt: number;
}

/** Past this a count says no more than "more than". */
export const COUNT_LIMIT = 10_000;

/**
 * Rows with those that have come since, newest first and no more than `limit`. A row is written a
 * moment after what it tells of, so it may belong before others that are there already.
 */
export function mergeLogs(
	rows: readonly StoredLog[],
	fresh: readonly StoredLog[],
	limit: number
): StoredLog[] {
	const known = new Set(rows.map(({ id }) => id));
	return [...rows, ...fresh.filter(({ id }) => !known.has(id))]
		.sort((a, b) => b.at - a.at || b.id - a.id)
		.slice(0, limit);
}
