import { EXPIRING, SIGNS } from './signs.ts';
import type { Sign } from './signs.ts';
import { HELD } from './picture.ts';
import type { VenueModel } from './venue-model.ts';

/** A seat somebody should look at, as well as the signs. */
export const SEAT_STATUSES = [...SIGNS, 'STUCK'] as const;
export type SeatStatusFilter = Sign | 'STUCK';

/** Which seats of an event a reader looks at, as the page's address says it. */
export interface SeatFilter {
	status: SeatStatusFilter | null;
	/** A category's name. */
	category: string | null;
	holder: string | null;
	order: string | null;
	/** The one seat that is marked, by its ID in the plan. */
	seat: string | null;
	/** The section that is in view, by its name. */
	section: string | null;
	/** Null for the map. */
	view: 'table' | null;
}

const NAMES = ['status', 'category', 'holder', 'order', 'seat', 'section', 'view'] as const;
const LONGEST = 200;

/** Reads the filter from a page's address; what it does not know filters nothing. */
export function parseSeatFilter(params: URLSearchParams): SeatFilter {
	const word = (name: string): string | null => params.get(name)?.trim().slice(0, LONGEST) || null;
	return {
		status: SEAT_STATUSES.find((status) => status === params.get('status')) ?? null,
		category: word('category'),
		holder: word('holder'),
		order: word('order'),
		seat: word('seat'),
		section: word('section'),
		view: params.get('view') === 'table' ? 'table' : null
	};
}

/** The page's parameters with `patch` applied; those of others on the page stay. */
export function withSeatFilter(
	params: URLSearchParams,
	patch: Partial<SeatFilter>
): URLSearchParams {
	const next = new URLSearchParams(params);
	for (const name of NAMES) {
		const value = patch[name];
		if (value === undefined) continue;
		if (value === null) next.delete(name);
		else next.set(name, value);
	}
	return next;
}

/** The plan's indices of seat IDs; an ID that is not in the plan is left out. */
export const indicesOf = (
	ids: readonly string[],
	indexOf: ReadonlyMap<string, number>
): ReadonlySet<number> => new Set(ids.flatMap((id) => indexOf.get(id) ?? []));

/** What the filter's words mean in this event: indices into its plan. */
export interface SeatSelection {
	status: SeatStatusFilter | null;
	/** Index of a category; -1 of one that the plan does not have. */
	category: number | null;
	/** Seats of the holder or the order; null where neither is asked for. */
	found: ReadonlySet<number> | null;
	stuck: ReadonlySet<number>;
}

/**
 * Whether each seat is one that is looked at: 1 where it is not. Null when nothing is filtered,
 * which is the usual case.
 */
export function dimmedSeats(
	model: Pick<VenueModel, 'seats'>,
	signs: Uint8Array,
	{ status, category, found, stuck }: SeatSelection
): Uint8Array | null {
	if (status === null && category === null && found === null) return null;
	const wanted = status === null || status === 'STUCK' ? -1 : SIGNS.indexOf(status);
	const dimmed = new Uint8Array(signs.length);
	for (let seat = 0; seat < dimmed.length; seat++) {
		const sign = signs[seat] ?? 0;
		const shown =
			(wanted < 0 || sign === wanted || (wanted === HELD && sign === EXPIRING)) &&
			(status !== 'STUCK' || stuck.has(seat)) &&
			(category === null || model.seats[seat]?.[6] === category) &&
			(found === null || found.has(seat));
		if (!shown) dimmed[seat] = 1;
	}
	return dimmed;
}
