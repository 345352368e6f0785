import type { Venue } from '../../shared/venue.ts';

/** Built once a layout, which never changes, and dropped with it. */
const indices = new WeakMap<Venue, ReadonlyMap<string, number>>();

/** The place of each seat in the plan's order, by seat ID. */
export function indexOfSeats(venue: Venue): ReadonlyMap<string, number> {
	const known = indices.get(venue);
	if (known) return known;
	const index = new Map(venue.seats.map(([id], position) => [id, position]));
	indices.set(venue, index);
	return index;
}
