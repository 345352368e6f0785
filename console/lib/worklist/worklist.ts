import type { WorkItem } from './item.ts';
import { IMPACTS, KIND_INFO, WORK_KINDS } from './kinds.ts';
import type { WorkKind } from './kinds.ts';
import type { Standing } from './marks.ts';
import { kindsOf } from './work-filter.ts';
import type { WorkFilter } from './work-filter.ts';

/** An item as the page shows it. */
export interface MarkedItem extends WorkItem {
	standing: Standing;
}

/** What the menu shows of the worklist. */
export interface WorkCount {
	open: number;
	/** Of them, those in which a buyer loses money or a seat. */
	urgent: number;
	/** Of them, those assigned to whoever asks. */
	mine: number;
}

/** One reading of the worklist, as its page shows it. */
export interface Worklist {
	filter: WorkFilter;
	/** Whoever asks: what `me` means. */
	me: string;
	/** The worst first. */
	items: MarkedItem[];
	/** Items that match the filter and are too many to show. */
	more: number;
	count: WorkCount;
	/** What is set aside. */
	aside: number;
	/** How many open items each kind has, whatever the filter. */
	byKind: Partial<Record<WorkKind, number>>;
	/** Seats found in more than one confirmed order. */
	soldTwice: number;
	/** Whom items are assigned to. */
	people: string[];
	events: string[];
	/** What could not be read, or not to its end. */
	gaps: { source: string; message: string }[];
	coverage: { compared: number; fullSince: number | null } | null;
	at: number;
	tookMs: number;
}

export function countWork(items: readonly MarkedItem[], me: string): WorkCount {
	const open = items.filter(isOpen);
	return {
		open: open.length,
		urgent: open.filter(({ kind }) => KIND_INFO[kind].impact === IMPACTS[0]).length,
		mine: open.filter(({ standing }) => standing.assignee === me).length
	};
}

export const isOpen = ({ standing }: Pick<MarkedItem, 'standing'>): boolean =>
	standing.state === 'open';

/** Seats of which a rule says that they are in several confirmed orders, set aside or not. */
export const countSoldTwice = (
	items: readonly Pick<WorkItem, 'kind' | 'about' | 'also'>[]
): number =>
	items.filter((item) => item.about.type === 'seat' && kindsOf(item).includes('broken')).length;

/** Open items by kind; an item counts for each of its kinds, as the filter finds it by each. */
export function countKinds(items: readonly MarkedItem[]): Worklist['byKind'] {
	const open = items.filter(isOpen);
	return Object.fromEntries(
		WORK_KINDS.map((kind) => [kind, open.filter((item) => kindsOf(item).includes(kind)).length])
	);
}

export const distinct = (values: readonly (string | null)[]): string[] =>
	[...new Set(values.filter((value) => value !== null))].sort();
