import { emptyPicture } from './picture.ts';
import type { Picture } from './picture.ts';

/**
 * Seats a stored chunk holds: a reading writes only the chunks in which something changed. Few
 * large ones all the same: each is read by a turn of its own, and under a sale's load turns are
 * what takes time.
 */
export const CHUNK_SEATS = 20_000;

export const chunkCount = (seats: number): number => Math.ceil(seats / CHUNK_SEATS);
export const chunkOf = (index: number): number => Math.floor(index / CHUNK_SEATS);

/**
 * A stretch of seats as it is stored, little-endian as all machines that run Workers are: how many
 * seats and how many deadlines it holds, the deadlines, the seats' epochs, which seats the deadlines
 * are of, and the seats' codes. The widest come first, so that each lies where its type may. The seats
 * at the end that nobody touched are left out.
 *
 * Bytes, because a reading reads the numbers twice and writes them once, which as JSON took 15 ms of a
 * processor for 12,000 held seats, and takes 3.
 */
const HEADER_BYTES = 8;
/** Of a deadline and of the seat it is of, and of a seat's epoch and code. */
const DEADLINE_BYTES = 8 + 4;
const SEAT_BYTES = 4 + 1;

function partsOf(buffer: ArrayBuffer, seats: number, deadlines: number) {
	const epochsAt = HEADER_BYTES + deadlines * Float64Array.BYTES_PER_ELEMENT;
	const offsetsAt = epochsAt + seats * Uint32Array.BYTES_PER_ELEMENT;
	const codesAt = offsetsAt + deadlines * Uint32Array.BYTES_PER_ELEMENT;
	return {
		untils: new Float64Array(buffer, HEADER_BYTES, deadlines),
		epochs: new Uint32Array(buffer, epochsAt, seats),
		offsets: new Uint32Array(buffer, offsetsAt, deadlines),
		codes: new Uint8Array(buffer, codesAt, seats)
	};
}

/** The stored form of the chunk of that number. */
export function encodeChunk(picture: Picture, number: number): Uint8Array {
	const from = number * CHUNK_SEATS;
	const to = from + CHUNK_SEATS;
	const codes = picture.codes.subarray(from, to);
	const untils = picture.untils.subarray(from, to);
	const epochs = picture.epochs.subarray(from, to);
	const [seats, deadlines] = extentOf({ codes, untils, epochs });
	const bytes = new Uint8Array(HEADER_BYTES + deadlines * DEADLINE_BYTES + seats * SEAT_BYTES);
	new Uint32Array(bytes.buffer, 0, 2).set([seats, deadlines]);
	const parts = partsOf(bytes.buffer, seats, deadlines);
	parts.codes.set(codes.subarray(0, seats));
	parts.epochs.set(epochs.subarray(0, seats));
	let next = 0;
	untils.forEach((until, offset) => {
		if (until <= 0) return;
		parts.offsets[next] = offset;
		parts.untils[next++] = until;
	});
	return bytes;
}

/** How many seats there are up to the last that was touched, and how many have a deadline. */
function extentOf({ codes, untils, epochs }: Picture): [seats: number, deadlines: number] {
	let [seats, deadlines] = [0, 0];
	codes.forEach((code, offset) => {
		const until = untils[offset] ?? 0;
		if (until > 0) deadlines++;
		if (code > 0 || until > 0 || (epochs[offset] ?? 0) > 0) seats = offset + 1;
	});
	return [seats, deadlines];
}

/** Puts stored chunks together; a missing one is of seats that nobody touched. */
export function decodeChunks(chunks: readonly (Uint8Array | null)[], seats: number): Picture {
	const picture = emptyPicture(seats);
	chunks.forEach((chunk, number) => {
		if (chunk) decodeInto(picture, chunk, number * CHUNK_SEATS);
	});
	return picture;
}

function decodeInto(picture: Picture, chunk: Uint8Array, from: number): void {
	// A copy begins where its own memory does; numbers of four and eight bytes lie where they may there.
	const { buffer } = new Uint8Array(chunk);
	const [seats = 0, deadlines = 0] = new Uint32Array(buffer, 0, 2);
	const { codes, untils, epochs, offsets } = partsOf(buffer, seats, deadlines);
	picture.codes.set(codes, from);
	picture.epochs.set(epochs, from);
	offsets.forEach((offset, n) => (picture.untils[from + offset] = untils[n] ?? 0));
}

/** A chunk as it was stored before, as JSON; trailing zeros were left out. */
export interface OldChunk {
	codes: string;
	epochs: number[];
	/** Deadlines of held seats count from here. */
	base: number;
	/** Offset in the chunk and deadline, in turn. */
	untils: number[];
}

/** The same of chunks that an older version stored. */
export function decodeOldChunks(chunks: readonly (OldChunk | null)[], seats: number): Picture {
	const picture = emptyPicture(seats);
	chunks.forEach((chunk, number) => {
		if (!chunk) return;
		const from = number * CHUNK_SEATS;
		picture.codes.set(Array.from(chunk.codes, Number), from);
		picture.epochs.set(chunk.epochs, from);
		for (let at = 0; at < chunk.untils.length; at += 2)
			picture.untils[from + (chunk.untils[at] ?? 0)] = chunk.base + (chunk.untils[at + 1] ?? 0);
	});
	return picture;
}
