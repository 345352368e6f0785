import type {
	ObjectContext,
	ObjectSharedContext
} from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { OccupancyHead, SeatNow } from '../../shared/occupancy.ts';
import { emptyRing, mergeChanges, pushRing, versionsSince } from '../../shared/occupancy-ring.ts';
import type { RingIndex } from '../../shared/occupancy-ring.ts';
import { seatNow } from './picture.ts';
import type { SeatChange } from './picture.ts';
import type { Sums } from './scan.ts';

/** What the object keeps beside the picture itself. */
export interface Head extends OccupancyHead {
	/** How the picture is stored; see `STORED_FORM`. */
	form?: number;
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

const ringKey = (version: number): string => `ring:${version}`;

/**
 * Under another key than an older version's: should that one come back, it finds no head, and begins
 * with what the seats' histories tell, in place of adding that to what is recorded.
 */
const HEAD = 'picture';
const OLD_HEAD = 'head';

/** The older one first: that is what the journal of a refresh begins with that an older version began. */
export const loadHead = async (ctx: ObjectSharedContext): Promise<Head | null> =>
	(await ctx.get<Head>(OLD_HEAD)) ?? ctx.get<Head>(HEAD);

/** Stores the head, the last of a picture to be: readers go by it. */
export function storeHead(ctx: ObjectContext, head: Head, before: Head | null): void {
	ctx.set(HEAD, head);
	if (before && before.form === undefined) ctx.clear(OLD_HEAD);
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
