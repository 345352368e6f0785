import { serde } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type {
	ObjectContext,
	ObjectSharedContext
} from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { chunkCount, chunkOf, decodeChunks, decodeOldChunks, encodeChunk } from './chunk.ts';
import type { OldChunk } from './chunk.ts';
import type { Picture, SeatChange } from './picture.ts';
import type { Head } from './state.ts';

/**
 * The form in which a picture is stored, which its head tells: chunks of bytes. A head that tells none
 * is an older version's, whose chunks are JSON.
 */
export const STORED_FORM = 2;

const chunkKey = (number: number): string => `seats:${number}`;
const oldChunkKey = (number: number): string => `chunk:${number}`;

type Stored = Pick<Head, 'form' | 'seats'>;

export async function loadPicture(
	ctx: ObjectSharedContext,
	{ form, seats }: Stored
): Promise<Picture> {
	const numbers = numbersOf(seats);
	if (form === undefined) {
		const old = numbers.map((number) => ctx.get<OldChunk>(oldChunkKey(number)));
		return decodeOldChunks(await Promise.all(old), seats);
	}
	const chunks = numbers.map((number) => ctx.get(chunkKey(number), serde.binary));
	return decodeChunks(await Promise.all(chunks), seats);
}

/** Stores the chunks in which something changed. */
export function storeChanges(
	ctx: ObjectContext,
	picture: Picture,
	changes: readonly SeatChange[]
): void {
	for (const number of new Set(changes.map(([index]) => chunkOf(index))))
		storeChunk(ctx, picture, number);
}

/** Stores a whole picture: the first, one of another plan, or one that was stored in another form. */
export function storePicture(ctx: ObjectContext, picture: Picture): void {
	for (const number of numbersOf(picture.codes.length)) storeChunk(ctx, picture, number);
}

/** Drops what a picture of so many seats has left of the one before, once its own head is stored. */
export function dropStored(ctx: ObjectContext, before: Stored, seats: number): void {
	for (const number of numbersOf(before.seats))
		if (before.form === undefined) ctx.clear(oldChunkKey(number));
		else if (number >= chunkCount(seats)) ctx.clear(chunkKey(number));
}

const numbersOf = (seats: number): number[] => [...Array(chunkCount(seats)).keys()];

const storeChunk = (ctx: ObjectContext, picture: Picture, number: number): void =>
	ctx.set(chunkKey(number), encodeChunk(picture, number), serde.binary);
