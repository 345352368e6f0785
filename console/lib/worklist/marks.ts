import type { WorkItem } from './item.ts';

/** What ops staff say about an item: kept apart from what the rules find, and only ever added to. */

export const MARK_ACTS = ['assign', 'snooze', 'resolve', 'reopen'] as const;
export type MarkAct = (typeof MARK_ACTS)[number];

export interface Mark {
	item: string;
	/** Ms since the epoch. */
	at: number;
	actor: string;
	role: string;
	act: MarkAct;
	/** Of `assign`: null gives it back to nobody. */
	assignee: string | null;
	/** Of `snooze`. */
	until: number | null;
	reason: string | null;
	/** What the item stood on when it was marked. */
	fingerprint: string;
}

export type MarkState = 'open' | 'snoozed' | 'resolved';

/** What the marks on an item come to. */
export interface Standing {
	state: MarkState;
	assignee: string | null;
	/** While it is snoozed. */
	until: number | null;
	/** Who resolved it on evidence that has changed since; null otherwise. */
	cameBack: { actor: string; at: number } | null;
	/** The newest first. */
	marks: Mark[];
}

/**
 * Where an item stands. One that was resolved stays so only while it stands on what it stood on:
 * when that has changed it is open again.
 *
 * @param marks of this item, in the order in which they were made
 */
export function standingOf(
	{ fingerprint }: Pick<WorkItem, 'fingerprint'>,
	marks: readonly Mark[],
	now: number
): Standing {
	let assignee: string | null = null;
	let snoozed: Mark | null = null;
	let resolved: Mark | null = null;
	for (const mark of marks) {
		if (mark.act === 'assign') assignee = mark.assignee;
		if (mark.act === 'snooze') snoozed = mark;
		if (mark.act === 'resolve') resolved = mark;
		if (mark.act === 'reopen') snoozed = resolved = null;
	}
	const holds = resolved !== null && resolved.fingerprint === fingerprint;
	const until = snoozed?.until ?? 0;
	return {
		state: holds ? 'resolved' : until > now ? 'snoozed' : 'open',
		assignee,
		until: until > now ? until : null,
		cameBack: resolved && !holds ? { actor: resolved.actor, at: resolved.at } : null,
		marks: marks.toReversed()
	};
}
