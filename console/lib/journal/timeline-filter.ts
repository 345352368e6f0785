import { targetName } from './explain.ts';
import type { ItemKind, TimelineItem } from './timeline.ts';

/** What of a timeline is shown. It lives in the page's address. */
export interface TimelineFilter {
	/** None is all of them. */
	groups: readonly ItemGroup[];
	/** Only what failed. */
	failed: boolean;
	/** Only rows that say this, in any case of letters. */
	text: string;
}

export const ITEM_GROUPS = [
	'steps',
	'calls',
	'state',
	'waits',
	'attempts',
	'logs',
	'operators'
] as const;
export type ItemGroup = (typeof ITEM_GROUPS)[number];

const GROUP_OF: Partial<Record<ItemKind, ItemGroup>> = {
	run: 'steps',
	call: 'calls',
	send: 'calls',
	state: 'state',
	sleep: 'waits',
	suspension: 'waits',
	signal: 'waits',
	retry: 'attempts',
	pause: 'attempts',
	exception: 'logs',
	line: 'logs',
	outcome: 'logs',
	action: 'operators'
};

/** The group that a row belongs to; its input and its result are in none. */
const groupOf = ({ kind }: Pick<TimelineItem, 'kind'>): ItemGroup | undefined => GROUP_OF[kind];

/** Reads the filter from an address; what it cannot read it leaves out. */
export const parseFilter = (query: URLSearchParams): TimelineFilter => ({
	groups: ITEM_GROUPS.filter((group) => query.getAll('kind').includes(group)),
	failed: query.get('failed') === '1',
	text: (query.get('text') ?? '').trim()
});

/** A filter as the parameters of an address. */
export interface FilterQuery {
	kind: readonly ItemGroup[];
	failed: '1' | null;
	text: string;
}

/** The filter for an address, to be read back by {@link parseFilter}. */
export const printFilter = ({ groups, failed, text }: TimelineFilter): FilterQuery => ({
	kind: groups,
	failed: failed ? '1' : null,
	text: text.trim()
});

export const isFiltering = ({ groups, failed, text }: TimelineFilter): boolean =>
	groups.length > 0 || failed || text !== '';

/** Whether the filter shows a row. */
export function matcher({ groups, failed, text }: TimelineFilter): (item: TimelineItem) => boolean {
	const wanted = text.toLowerCase();
	const chosen = new Set<ItemGroup | undefined>(groups);
	return (item) => {
		// A Worker runs once for every step; that it ran well is worth a row among the logs only.
		const routine = item.kind === 'outcome' && !item.failed;
		if (chosen.size === 0 ? routine : !chosen.has(groupOf(item))) return false;
		if (failed && !item.failed) return false;
		return wanted === '' || wordsOf(item).some((words) => words.toLowerCase().includes(wanted));
	};
}

function wordsOf({ verb, subject, note, preview, invocationId, target }: TimelineItem): string[] {
	const name = target && targetName(target);
	return [verb, subject, note, preview, invocationId, name].filter((words) => words !== null);
}

/** How many rows of each group there are, and how many of all failed. */
export function countGroups(items: readonly TimelineItem[]): Record<ItemGroup | 'failed', number> {
	const counts: Record<ItemGroup | 'failed', number> = {
		steps: 0,
		calls: 0,
		state: 0,
		waits: 0,
		attempts: 0,
		logs: 0,
		operators: 0,
		failed: 0
	};
	for (const item of items) {
		const group = groupOf(item);
		if (group) counts[group] += 1;
		if (item.failed) counts.failed += 1;
	}
	return counts;
}
