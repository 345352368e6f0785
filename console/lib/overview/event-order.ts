import type { EventSummary } from './overview.ts';

/** The orders in which events can be listed. */
const EVENT_SORTS = [
	'published',
	'name',
	'occupancy',
	'held',
	'available',
	'reserved',
	'sold',
	'stuck',
	'faults',
	'taken'
] as const;
export type EventSort = (typeof EVENT_SORTS)[number];

/** Which events the table shows, and in which order. */
export interface EventView {
	sort: EventSort;
	/** The other way round than an order has by nature. */
	reversed: boolean;
	/** Text in the name or the ID, whatever its case. */
	named: string;
}

const MAX_NAMED = 200;

/** Reads `?sort=-held&named=text`; a sort it does not know is the newest first. */
export function readEventView(params: URLSearchParams): EventView {
	const text = params.get('sort') ?? '';
	const reversed = text.startsWith('-');
	const sort = EVENT_SORTS.find((known) => known === text.slice(reversed ? 1 : 0));
	return {
		sort: sort ?? 'published',
		reversed: sort !== undefined && reversed,
		named: (params.get('named') ?? '').slice(0, MAX_NAMED)
	};
}

/** The URL's parameters for a view; what goes without saying is null. */
export const printEventView = ({ sort, reversed, named }: EventView) => ({
	sort: sort === 'published' && !reversed ? null : `${reversed ? '-' : ''}${sort}`,
	named: named === '' ? null : named
});

/** Sorting by `sort` now: another column by its nature, the same one the other way round. */
export const sortedBy = (view: EventView, sort: EventSort): EventView => ({
	...view,
	sort,
	reversed: view.sort === sort && !view.reversed
});

/** What each order goes by, the largest first; an event that does not know is the last. */
const RANK: Record<Exclude<EventSort, 'name'>, (event: EventSummary) => number | undefined> = {
	published: ({ publishedAt }) => publishedAt,
	occupancy: ({ sample, seats }) => (sample ? sample.counts.sold / seats : undefined),
	held: ({ sample }) => sample?.counts.held,
	available: ({ sample }) => sample?.counts.available,
	reserved: ({ perMinute }) => perMinute?.reserved,
	sold: ({ perMinute }) => perMinute?.sold,
	stuck: ({ stuck }) => stuck ?? undefined,
	faults: ({ faults }) => faults,
	// Sums of different currencies are no order, but the largest figures still come first.
	taken: ({ taken }) => Math.max(0, ...taken.map(({ amount }) => amount))
};

/** The events a view shows, in its order; equals stay as they came. */
export function arrange(
	events: readonly EventSummary[],
	{ sort, reversed, named }: EventView
): EventSummary[] {
	const wanted = named.trim().toLowerCase();
	const shown = events.filter(
		({ id, name }) => id.toLowerCase().includes(wanted) || name.toLowerCase().includes(wanted)
	);
	const direction = reversed ? -1 : 1;
	if (sort === 'name') return shown.sort((a, b) => direction * a.name.localeCompare(b.name));
	const rank = RANK[sort];
	return shown.sort((a, b) => {
		const [x, y] = [rank(a), rank(b)];
		if (x === undefined || y === undefined)
			return Number(x === undefined) - Number(y === undefined);
		return direction * (y - x);
	});
}
