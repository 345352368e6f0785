import { AVAILABLE, HELD, SOLD } from '../../shared/occupancy.ts';
import type { OccupancyCounts, SeatNow } from '../../shared/occupancy.ts';

/** An event's seats by index, as the last reading found them. */
export interface Picture {
	codes: Uint8Array;
	/** When a held seat's hold lapses; 0 for others. */
	untils: Float64Array;
	/** The newest transition of each seat that has been accounted for. */
	epochs: Uint32Array;
}

/** What a reading found different about a seat. */
export type SeatChange = [index: number, code: number, until: number, epoch: number];

export const emptyPicture = (seats: number): Picture => ({
	codes: new Uint8Array(seats),
	untils: new Float64Array(seats),
	epochs: new Uint32Array(seats)
});

export function applyChanges(picture: Picture, changes: readonly SeatChange[]): void {
	for (const [index, code, until, epoch] of changes) {
		picture.codes[index] = code;
		picture.untils[index] = until;
		picture.epochs[index] = epoch;
	}
}

/** What makes this picture of an empty one. */
export function allTouched({ codes, untils, epochs }: Picture): SeatChange[] {
	const touched: SeatChange[] = [];
	codes.forEach((code, index) => {
		const [until = 0, epoch = 0] = [untils[index], epochs[index]];
		if (code !== AVAILABLE || epoch > 0) touched.push([index, code, until, epoch]);
	});
	return touched;
}

/** Every seat that is not available. */
export function takenSeats({ codes, untils }: Picture): SeatNow[] {
	const seats: SeatNow[] = [];
	codes.forEach((code, index) => {
		if (code !== AVAILABLE) seats.push(seatNow(index, code, untils[index] ?? 0));
	});
	return seats;
}

export const seatNow = (index: number, code: number, until: number): SeatNow =>
	until > 0 ? [index, code, until] : [index, code];

/** What of it is stored as held, lapsed or not, and as sold. */
export function countTaken({ codes }: Picture): { held: number; sold: number } {
	let [held, sold] = [0, 0];
	codes.forEach((code) => {
		if (code === HELD) held++;
		if (code === SOLD) sold++;
	});
	return { held, sold };
}

/** Counts by status as of `now`: a lapsed hold is overdue, and available to anyone. */
export function countPicture({ codes, untils }: Picture, now: number): OccupancyCounts {
	let [held, sold, overdue] = [0, 0, 0];
	codes.forEach((code, index) => {
		if (code === SOLD) sold++;
		else if (code === HELD && isLapsed(untils[index] ?? 0, now)) overdue++;
		else if (code === HELD) held++;
	});
	return { available: codes.length - held - sold, held, sold, overdue };
}

/** A hold without a deadline, which old seats may have, never lapses. */
const isLapsed = (until: number, now: number): boolean => until > 0 && until <= now;

/** A picture of another plan in the order of this one; seats that are gone drop out. */
export function remap(
	before: Picture,
	ids: readonly string[],
	indexOf: ReadonlyMap<string, number>
): Picture {
	const picture = emptyPicture(indexOf.size);
	ids.forEach((id, old) => {
		const index = indexOf.get(id);
		if (index === undefined) return;
		picture.codes[index] = before.codes[old] ?? AVAILABLE;
		picture.untils[index] = before.untils[old] ?? 0;
		picture.epochs[index] = before.epochs[old] ?? 0;
	});
	return picture;
}
