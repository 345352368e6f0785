import type {
	ObjectContext,
	ObjectSharedContext
} from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { OccupancyHead, SeatNow } from '../../shared/occupancy.ts';
import { emptyRing, mergeChanges, pushRing, versionsSince } from '../../shared/occupancy-ring.ts';
import type { RingIndex } from '../../shared/occupancy-ring.ts';
import { chunkCount, chunkOf, decodeChunks, encodeChunk, seatNow } from './picture.ts';
import type { Chunk, Picture, SeatChange } from './picture.ts';
import type { Sums } from './scan.ts';

/** What the object keeps beside the picture itself. */
export interface Head extends OccupancyHead {
	seats: number;
	strays: Sums;
	/** Stored as held, lapsed or not, and as sold. */
	taken: { held: number; sold: number };
	ring: RingIndex;
	/** When the last frame was recorded, and how much has changed since. */
	frame: { at: number; changes: number };
}

/** The head, as readers get it. */
export const viewHead = (head: Head): OccupancyHead => {
	const { revision, version, at, scanMs, scans, onSale, counts } = head;
	return { revision, version, at, scanMs, scans, onSale, counts };
};

const chunkKey = (number: number): string => `chunk:${number}`;
const ringKey = (version: number): string => `ring:${version}`;

export const loadHead = (ctx: ObjectSharedContext): Promise<Head | null> => ctx.get<Head>('head');

export async function loadPicture(ctx: ObjectSharedContext, seats: number): Promise<Picture> {
	const numbers = Array.from({ length: chunkCount(seats) }, (_, number) => number);
	const chunks = await Promise.all(numbers.map((number) => ctx.get<Chunk>(chunkKey(number))));
	return decodeChunks(chunks, seats);
}

/** Stores the chunks in which something changed. */
export function storeChanges(
	ctx: ObjectContext,
	picture: Picture,
	changes: readonly SeatChange[]
): void {
	for (const number of new Set(changes.map(([index]) => chunkOf(index))))
		ctx.set(chunkKey(number), encodeChunk(picture, number));
}

/** Stores the picture of another plan in place of one of `before` seats. */
export function storePicture(ctx: ObjectContext, picture: Picture, before: number): void {
	const count = chunkCount(picture.codes.length);
	for (let number = 0; number < count; number++)
		ctx.set(chunkKey(number), encodeChunk(picture, number));
	for (let number = count; number < chunkCount(before); number++) ctx.clear(chunkKey(number));
}

/** Keeps a version's changes for those who follow. @returns the ring with them */
export function storeRing(
	ctx: ObjectContext,
	before: RingIndex,
	version: number,
	changes: readonly SeatChange[]
): RingIndex {
	const { ring, dropped } = pushRing(before, version, changes.length);
	for (const old of dropped) if (old !== version) ctx.clear(ringKey(old));
	if (!dropped.includes(version))
		ctx.set(
			ringKey(version),
			changes.map(([index, code, until]) => seatNow(index, code, until))
		);
	return ring;
}

/** A ring that nobody can go on from: the picture is another plan's now. */
export function resetRing(
	ctx: ObjectContext,
	before: RingIndex | undefined,
	version: number
): RingIndex {
	for (const [old] of before?.entries ?? []) ctx.clear(ringKey(old));
	return emptyRing(version);
}

/** What changed since a version, or undefined when only the whole picture can tell. */
export async function loadChangesSince(
	ctx: ObjectSharedContext,
	{ ring, version, revision }: Head,
	since: { revision: number; version: number }
): Promise<SeatNow[] | undefined> {
	if (since.revision !== revision) return undefined;
	const versions = versionsSince(ring, since.version, version);
	if (!versions) return undefined;
	const entries = await Promise.all(versions.map((each) => ctx.get<SeatNow[]>(ringKey(each))));
	const kept = entries.filter((entry) => entry !== null);
	// A refresh may have dropped one since the head was read: what it told would be missed for good.
	return kept.length === entries.length ? mergeChanges(kept) : undefined;
}
