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
	index: null
} satisfies Partial<TimelineItem>;

export const TIMELINE_VIEWS = ['all', 'journal', 'logs', 'failures'] as const;
export type TimelineView = (typeof TIMELINE_VIEWS)[number];

const SHOWS: Record<TimelineView, (item: TimelineItem) => boolean> = {
	all: () => true,
	journal: ({ source }) => source === 'journal',
	logs: ({ source }) => source === 'log',
	failures: ({ failed }) => failed
};

/** The rows that a view shows. */
export const viewOf = (items: readonly TimelineItem[], view: TimelineView): TimelineItem[] =>
	items.filter(SHOWS[view]);

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
