import type { Venue } from '../venue.ts';

/** Seat IDs that `next` no longer has, and those it adds, each in plan order. */
export function diffVenues(old: Venue, next: Venue): { removed: string[]; added: string[] } {
	const missingFrom = (venue: Venue, other: Venue) => {
		const ids = new Set(venue.seats.map(([id]) => id));
		return other.seats.map(([id]) => id).filter((id) => !ids.has(id));
	};
	return { removed: missingFrom(next, old), added: missingFrom(old, next) };
}
