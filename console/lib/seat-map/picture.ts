import { AVAILABLE, HELD, SOLD } from '$shared/occupancy.ts';
import type { SeatNow } from '$shared/occupancy.ts';

/**
 * The picture of one event's seats in the browser, by seat index (the plan's order). Whether a
 * hold has lapsed follows from its deadline and the clock.
 */

export { AVAILABLE, HELD, SOLD };
/** Stored as held but past its time, so available to anyone. */
export const OVERDUE = 3;

export interface SeatPicture {
	/** AVAILABLE, HELD, SOLD or OVERDUE, per seat. */
	codes: Uint8Array;
	/** When the hold lapses, ms since the epoch; 0 for none. */
	untils: Float64Array;
}

export interface SeatCounts {
	/** Anyone may reserve these; those whose hold lapsed are among them. */
	available: number;
	held: number;
	sold: number;
	overdue: number;
}

/** A whole picture as the stream sends it. */
interface WholePicture {
	codes: string;
	base: number;
	untils: readonly number[];
}

export const emptyPicture = (seats: number): SeatPicture => ({
	codes: new Uint8Array(seats),
	untils: new Float64Array(seats)
});

const isLapsed = (until: number, now: number): boolean => until > 0 && until <= now;

const codeAt = (code: number, until: number, now: number): number =>
	code === HELD && isLapsed(until, now) ? OVERDUE : code;

/** Applies changes in place. @returns the indices of the seats whose status became another */
export function applyChanges(
	picture: SeatPicture,
	changes: readonly SeatNow[],
	now: number
): number[] {
	const moved: number[] = [];
	for (const [index, stored, until = 0] of changes) {
		if (index >= picture.codes.length) continue;
		const code = codeAt(stored, until, now);
		if (picture.codes[index] !== code) moved.push(index);
		picture.codes[index] = code;
		picture.untils[index] = until;
	}
	return moved;
}

/** Replaces the whole picture. @returns the seats whose status became another */
export function replacePicture(
	picture: SeatPicture,
	{ codes, base, untils }: WholePicture,
	now: number
): number[] {
	const moved: number[] = [];
	picture.untils.fill(0);
	for (let at = 0; at + 1 < untils.length; at += 2)
		picture.untils[untils[at] ?? 0] = base + (untils[at + 1] ?? 0);
	for (let index = 0; index < picture.codes.length; index++) {
		// A digit is its character less that of zero; a seat past the end is available.
		const stored = index < codes.length ? codes.charCodeAt(index) - 48 : AVAILABLE;
		const code = codeAt(stored, picture.untils[index] ?? 0, now);
		if (picture.codes[index] !== code) moved.push(index);
		picture.codes[index] = code;
	}
	return moved;
}

/** Marks the holds that have lapsed by `now`. @returns their seats */
export function lapseHolds({ codes, untils }: SeatPicture, now: number): number[] {
	const moved: number[] = [];
	codes.forEach((code, index) => {
		if (code !== HELD || !isLapsed(untils[index] ?? 0, now)) return;
		codes[index] = OVERDUE;
		moved.push(index);
	});
	return moved;
}

/** Counts the seats of `only`, or all of them. */
export function countSeats(codes: Uint8Array, only?: Iterable<number>): SeatCounts {
	const tally: [number, number, number, number] = [0, 0, 0, 0];
	const add = (code: number) => {
		if (code === AVAILABLE || code === HELD || code === SOLD || code === OVERDUE) tally[code]++;
	};
	if (only) for (const index of only) add(codes[index] ?? AVAILABLE);
	else codes.forEach(add);
	const [free, held, sold, overdue] = tally;
	return { available: free + overdue, held, sold, overdue };
}
