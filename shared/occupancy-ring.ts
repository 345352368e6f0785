import type { SeatNow } from './occupancy.ts';

/**
 * The newest changes of a picture, by version, so that a reader who has an earlier version is told
 * what differs and not the whole. Bounded by how many seats its entries name together.
 */
export interface RingIndex {
	/** The version that the oldest entry follows on: nothing older can be caught up. */
	floor: number;
	/** Version and number of seats of each entry, oldest first. */
	entries: [version: number, size: number][];
}

/** More seats than change between two looks of a reader who follows, and still a short answer. */
export const RING_SEATS = 6_000;
/** Entries of few seats are kept no longer for that: a reader this far behind begins anew. */
export const RING_ENTRIES = 64;

export const emptyRing = (version: number): RingIndex => ({ floor: version, entries: [] });

/** Appends a version. @returns the ring, and the versions that left it for lack of room */
export function pushRing(
	{ floor, entries }: RingIndex,
	version: number,
	size: number
): { ring: RingIndex; dropped: number[] } {
	const all: RingIndex['entries'] = [...entries, [version, size]];
	let seats = all.reduce((sum, entry) => sum + entry[1], 0);
	let first = 0;
	while (first < all.length && (seats > RING_SEATS || all.length - first > RING_ENTRIES))
		seats -= all[first++]?.[1] ?? 0;
	const dropped = all.slice(0, first).map((entry) => entry[0]);
	return { ring: { floor: dropped.at(-1) ?? floor, entries: all.slice(first) }, dropped };
}

/**
 * The versions a reader of `since` has not seen, oldest first, or undefined when the ring does not
 * reach back to it and the reader needs the whole picture.
 */
export function versionsSince(
	{ floor, entries }: RingIndex,
	since: number,
	current: number
): number[] | undefined {
	if (since < floor || since > current) return undefined;
	return entries.map(([version]) => version).filter((version) => version > since);
}

/** One change a seat, its newest. */
export function mergeChanges(changes: readonly (readonly SeatNow[])[]): SeatNow[] {
	return [...new Map(changes.flat().map((seat) => [seat[0], seat])).values()];
}
