/**
 * The live picture of one event's seats, by seat index (the plan's order), and the changes that
 * carry it from the server to the page.
 */

export const SEAT_CODES = ['AVAILABLE', 'RESERVED', 'SOLD', 'OVERDUE'] as const;
/** OVERDUE: stored as held but past its time, so available to anyone. */
export type SeatCode = (typeof SEAT_CODES)[number];

export const AVAILABLE = 0;
export const HELD = 1;
export const SOLD = 2;
export const OVERDUE = 3;

export interface SeatPicture {
	/** Index into SEAT_CODES, per seat. */
	codes: Uint8Array;
	/** Who holds or owns the seat. */
	holders: (string | null)[];
	/** When the hold lapses, ms since the epoch; 0 for none. */
	untils: Float64Array;
}

/** One seat that is different now; an available seat has neither holder nor time. */
export type SeatChange = [index: number, code: number, holder?: string | null, until?: number];

/** One message of the live stream. */
export interface SeatMessage {
	/** When the server read it. */
	at: number;
	revision: number;
	onSale: boolean;
	seats: SeatChange[];
}

export interface SeatCounts {
	/** Anyone may reserve these; those whose hold lapsed are among them. */
	available: number;
	held: number;
	sold: number;
	overdue: number;
}

export const emptyPicture = (seats: number): SeatPicture => ({
	codes: new Uint8Array(seats),
	holders: new Array<string | null>(seats).fill(null),
	untils: new Float64Array(seats)
});

/** Applies changes in place. @returns the indices of the seats whose status became another */
export function applyChanges(picture: SeatPicture, changes: readonly SeatChange[]): number[] {
	const moved: number[] = [];
	for (const [index, code, holder = null, until = 0] of changes) {
		if (index >= picture.codes.length) continue;
		if (picture.codes[index] !== code) moved.push(index);
		picture.codes[index] = code;
		picture.holders[index] = holder;
		picture.untils[index] = until;
	}
	return moved;
}

/** What turns `before` into `after`; without `before`, every seat that is not plainly available. */
export function diffPictures(before: SeatPicture | undefined, after: SeatPicture): SeatChange[] {
	if (before === after) return [];
	const base = before ?? emptyPicture(after.codes.length);
	const changes: SeatChange[] = [];
	for (let index = 0; index < after.codes.length; index++) {
		const code = after.codes[index] ?? AVAILABLE;
		const holder = after.holders[index] ?? null;
		const until = after.untils[index] ?? 0;
		if (
			code === base.codes[index] &&
			holder === base.holders[index] &&
			until === base.untils[index]
		)
			continue;
		changes.push(changeOf(index, code, holder, until));
	}
	return changes;
}

/** The shortest form: trailing fields that say nothing are left out. */
function changeOf(index: number, code: number, holder: string | null, until: number): SeatChange {
	if (until !== 0) return [index, code, holder, until];
	return holder === null ? [index, code] : [index, code, holder];
}

/** Replaces the whole picture by a snapshot's. @returns the seats whose status became another */
export function replacePicture(picture: SeatPicture, snapshot: readonly SeatChange[]): number[] {
	const before = picture.codes.slice();
	picture.codes.fill(AVAILABLE);
	picture.holders.fill(null);
	picture.untils.fill(0);
	applyChanges(picture, snapshot);
	const moved: number[] = [];
	picture.codes.forEach((code, index) => {
		if (code !== before[index]) moved.push(index);
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
