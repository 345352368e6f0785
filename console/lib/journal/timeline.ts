import type { InvocationTarget } from '../invocation.ts';
import type { Payload } from './payload.ts';

/** What a row of the timeline is; the page gives each its sign. */
export type ItemKind =
	| 'input'
	| 'output'
	| 'call'
	| 'send'
	| 'run'
	| 'sleep'
	| 'state'
	| 'signal'
	| 'other'
	| 'retry'
	| 'pause'
	| 'line'
	| 'exception'
	| 'outcome';

/** One row of an invocation's timeline. */
export interface TimelineItem {
	/** Stable while the journal grows. */
	id: string;
	/** Ms since the epoch. */
	at: number;
	source: 'journal' | 'log';
	kind: ItemKind;
	/** `Run`, `Call`, `Set state`, … */
	verb: string;
	/** What the verb is about: a step's name, a state key, a message. */
	subject: string | null;
	/** Whom it calls. */
	target: InvocationTarget | null;
	/** The invocation that it made or addressed. */
	invocationId: string | null;
	/** When a sleep ends or a delayed send is due. */
	until: number | null;
	/** Beside the subject, dimmed. */
	note: string | null;
	details: { label: string; payload: Payload }[];
	/** From the command to its result; null when it has none or is not there yet. */
	durationMs: number | null;
	/** It has no result yet. */
	pending: boolean;
	failed: boolean;
	/** It undoes an earlier step. */
	compensation: boolean;
	/** Its place in the journal. */
	index: number | null;
	/** How many log lines say the same, where a row stands for all of them. */
	times: number;
}

export const blankItem = {
	subject: null,
	target: null,
	invocationId: null,
	until: null,
	note: null,
	details: [],
	durationMs: null,
	pending: false,
	failed: false,
	compensation: false,
	index: null,
	times: 1
} satisfies Partial<TimelineItem>;

export const TIMELINE_VIEWS = ['all', 'journal', 'logs', 'failures'] as const;
export type TimelineView = (typeof TIMELINE_VIEWS)[number];

const SHOWS: Record<TimelineView, (item: TimelineItem) => boolean> = {
	// A Worker runs once for every step; that it ran well is worth a line among the logs only.
	all: ({ kind, failed }) => kind !== 'outcome' || failed,
	journal: ({ source }) => source === 'journal',
	logs: ({ source }) => source === 'log',
	failures: ({ failed }) => failed
};

/** The rows that a view shows. */
export function viewOf(items: readonly TimelineItem[], view: TimelineView): TimelineItem[] {
	const shown = items.filter(SHOWS[view]);
	return view === 'all' ? foldRepeats(shown) : shown;
}

/** Log lines that say the same again, with nothing but log lines between them, become one row. */
export function foldRepeats(items: readonly TimelineItem[]): TimelineItem[] {
	const folded: TimelineItem[] = [];
	const places = new Map<string, number>();
	for (const item of items) {
		if (item.kind !== 'line') places.clear();
		const said = `${item.verb} ${item.subject}`;
		const place = item.kind === 'line' ? places.get(said) : undefined;
		const first = place === undefined ? undefined : folded[place];
		if (place !== undefined && first) {
			folded[place] = { ...first, times: first.times + 1, durationMs: item.at - first.at };
			continue;
		}
		if (item.kind === 'line') places.set(said, folded.length);
		folded.push(item);
	}
	return folded;
}

/**
 * Puts the journal and the logs on one time axis. Each comes in its own order, which is kept
 * where times are equal, the journal before the logs; the journal's own order is kept whatever
 * its times say, since a journal is a sequence.
 */
export function interleave(
	journal: readonly TimelineItem[],
	logs: readonly TimelineItem[]
): TimelineItem[] {
	const merged: TimelineItem[] = [];
	let next = 0;
	for (const item of journal) {
		for (let log = logs[next]; log && log.at < item.at; log = logs[++next]) merged.push(log);
		merged.push(item);
	}
	return [...merged, ...logs.slice(next)];
}
