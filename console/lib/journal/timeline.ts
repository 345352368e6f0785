import type { InvocationTarget } from '../invocation.ts';
import type { Detail } from './entry-details.ts';

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
	| 'suspension'
	| 'retry'
	| 'pause'
	| 'line'
	| 'exception'
	| 'outcome'
	| 'action';

/** One row of an invocation's timeline. */
export interface TimelineItem {
	/** Stable while the journal grows. */
	id: string;
	/** Ms since the epoch. */
	at: number;
	source: 'journal' | 'log' | 'audit';
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
	/** Its value in one line. */
	preview: string | null;
	/** What it carries that came with it. */
	details: Detail[];
	/** The journal entries to fetch for the rest of what it carries. */
	entries: number[];
	/** How much they carry, where it is too much to be fetched unasked; else 0. */
	largeBytes: number;
	/** From the command to its result, or to what came next; null when it has none yet. */
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
	preview: null,
	details: [],
	entries: [],
	largeBytes: 0,
	durationMs: null,
	pending: false,
	failed: false,
	compensation: false,
	index: null,
	times: 1
} satisfies Partial<TimelineItem>;

/** Log lines that say the same again, with nothing but log lines between them, become one row. */
export function foldRepeats(items: readonly TimelineItem[]): TimelineItem[] {
	const folded: TimelineItem[] = [];
	const places = new Map<string, number>();
	for (const item of items) {
		if (item.kind !== 'line') {
			if (places.size > 0) places.clear();
			folded.push(item);
			continue;
		}
		const said = `${item.verb} ${item.subject}`;
		const place = places.get(said);
		const first = place === undefined ? undefined : folded[place];
		if (place !== undefined && first) {
			folded[place] = { ...first, times: first.times + 1, durationMs: item.at - first.at };
			continue;
		}
		places.set(said, folded.length);
		folded.push(item);
	}
	return folded;
}

/**
 * Puts two kinds of rows on one time axis. Each comes in its own order, which is kept, the first
 * before the second where times are equal; a journal's own order is kept whatever its times say,
 * since a journal is a sequence.
 */
export function interleave(
	first: readonly TimelineItem[],
	second: readonly TimelineItem[]
): TimelineItem[] {
	if (second.length === 0) return [...first];
	const merged: TimelineItem[] = [];
	let next = 0;
	for (const item of first) {
		for (let other = second[next]; other && other.at < item.at; other = second[++next])
			merged.push(other);
		merged.push(item);
	}
	for (; next < second.length; next++) merged.push(second[next] as TimelineItem);
	return merged;
}
