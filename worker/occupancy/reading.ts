import type { SeatTransition } from '../../shared/seat-history.ts';
import { addsUp, diffSeats, sortSeats, untold } from './diff.ts';
import type { Difference } from './diff.ts';
import { applyChanges } from './picture.ts';
import type { Picture } from './picture.ts';
import type { Scan, Sums } from './scan.ts';

/** Where the seats of an event are read from. */
export interface SeatSource {
	/** Seats that changed at or after `since`, or all for null, and the sums over all. */
	scan: (since: number | null) => Promise<Scan>;
	histories: (seats: readonly string[]) => Promise<Map<string, SeatTransition[]>>;
}

/** What is known before a reading. */
export interface Basis {
	picture: Picture;
	/** Sums over the seats that the plan does not have. */
	strays: Sums;
	/** Seats that changed earlier are in the picture; null where that cannot be said. */
	since: number | null;
}

export type Found = Difference & { strays: Sums };

/**
 * Compares the seats with the picture. A partial scan is tried first where it may do; where the
 * sums tell that it missed something, all seats are read.
 */
export async function findChanges(
	source: SeatSource,
	basis: Basis,
	indexOf: ReadonlyMap<string, number>,
	at: number
): Promise<Found> {
	const partial = basis.since === null ? undefined : await look(source, basis, indexOf, at);
	return partial ?? (await lookAtAll(source, basis.picture, indexOf, at));
}

async function look(
	source: SeatSource,
	{ picture, strays, since }: Basis,
	indexOf: ReadonlyMap<string, number>,
	at: number
): Promise<Found | undefined> {
	const { seats: scanned, sums } = await source.scan(since);
	const { seats } = sortSeats(scanned, indexOf);
	const histories = await source.histories(untold(picture, seats));
	const difference = diffSeats(picture, { seats, histories, complete: false, at });
	const { codes, untils, epochs } = picture;
	const next = { codes: codes.slice(), untils: untils.slice(), epochs: epochs.slice() };
	applyChanges(next, difference.changes);
	return addsUp(next, strays, sums) ? { ...difference, strays } : undefined;
}

async function lookAtAll(
	source: SeatSource,
	picture: Picture,
	indexOf: ReadonlyMap<string, number>,
	at: number
): Promise<Found> {
	const { seats, strays } = sortSeats((await source.scan(null)).seats, indexOf);
	const histories = await source.histories(untold(picture, seats));
	return { ...diffSeats(picture, { seats, histories, complete: true, at }), strays };
}
