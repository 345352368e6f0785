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

/** A stretch of seats as it is stored. Trailing zeros are left out. */
export interface Chunk {
	codes: string;
	epochs: number[];
	/** Deadlines of held seats count from here. */
	base: number;
	/** Offset in the chunk and deadline, in turn. */
	untils: number[];
}

/**
 * Seats a stored chunk holds: a reading writes only the chunks in which something changed. Few
 * large ones all the same: each is read by a turn of its own, and under a sale's load turns are
 * what takes time.
 */
export const CHUNK_SEATS = 20_000;

export const chunkCount = (seats: number): number => Math.ceil(seats / CHUNK_SEATS);
export const chunkOf = (index: number): number => Math.floor(index / CHUNK_SEATS);

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

/** The stored form of the chunk of that number. */
export function encodeChunk({ codes, untils, epochs }: Picture, number: number): Chunk {
	const from = number * CHUNK_SEATS;
	const to = Math.min(from + CHUNK_SEATS, codes.length);
	const deadlines = untils.subarray(from, to);
	const base = deadlines.reduce(
		(least, until) => (until > 0 && (least === 0 || until < least) ? until : least),
		0
	);
	const kept = epochs.subarray(from, to);
	const used = kept.findLastIndex((epoch) => epoch > 0) + 1;
	return {
		codes: codes.subarray(from, to).join('').replace(/0+$/, ''),
		epochs: [...kept.subarray(0, used)],
		base,
		untils: [...deadlines].flatMap((until, offset) => (until > 0 ? [offset, until - base] : []))
	};
}

/** Puts stored chunks together; a missing one is of seats that nobody touched. */
export function decodeChunks(chunks: readonly (Chunk | null)[], seats: number): Picture {
	const picture = emptyPicture(seats);
	chunks.forEach((chunk, number) => {
		if (!chunk) return;
		const from = number * CHUNK_SEATS;
		for (let offset = 0; offset < chunk.codes.length; offset++)
			picture.codes[from + offset] = chunk.codes.charCodeAt(offset) - 48;
		picture.epochs.set(chunk.epochs, from);
		for (let at = 0; at < chunk.untils.length; at += 2)
			picture.untils[from + (chunk.untils[at] ?? 0)] = chunk.base + (chunk.untils[at + 1] ?? 0);
	});
	return picture;
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
