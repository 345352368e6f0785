import type { ObjectContext } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { HELD, SOLD } from '../../shared/occupancy.ts';
import { occupancyHistorySend } from '../clients.ts';
import { applyChanges, countPicture, decodeChunks, emptyPicture } from './picture.ts';
import type { Picture } from './picture.ts';
import { readSeats } from './read-seats.ts';
import type { Reading } from './read-seats.ts';
import {
	loadHead,
	loadPicture,
	resetRing,
	storeChanges,
	storePicture,
	storeRing
} from './state.ts';
import type { Head } from './state.ts';

/** A reading that fails is tried again for a second and then given up: the next is due anyway. */
const RETRIES = { maxRetryAttempts: 5, initialRetryInterval: 100, retryIntervalFactor: 2 } as const;

/** Another frame when this much of the picture changed, which bounds what a replay has to read. */
const FRAME_SHARE = 1 / 8;
const FRAME_CHANGES = 500;
/** And at least this often while anything changes, so that old changes can be dropped. */
const FRAME_MS = 3_600_000;

/**
 * Reads the seats, brings the picture up to date, and sends what was found on to the history.
 *
 * @param sampled whether the history wants a point even when nothing changed
 * @throws TerminalError when the seats cannot be read
 */
export async function refresh(
	ctx: ObjectContext,
	{ sampled }: { sampled: boolean }
): Promise<Head> {
	const before = await loadHead(ctx);
	const known = before && { ...before, picture: await loadPicture(ctx, before.seats) };
	const reading = await ctx.run('Read the seats', () => readSeats(ctx.key, known), RETRIES);
	const picture = pictureOf(known?.picture, reading);
	const head = storeReading(ctx, before, reading, picture);
	const changed = head.version !== before?.version;
	const isFramed = head.frame.at === reading.at;
	if (changed || sampled)
		occupancyHistorySend(ctx, ctx.key).record({
			version: head.version,
			revision: head.revision,
			at: head.at,
			seats: head.seats,
			first: before === null,
			changed,
			before: before?.taken ?? { held: 0, sold: 0 },
			counts: head.counts,
			moves: reading.moves,
			frame: isFramed ? picture.codes.join('') : null
		});
	return head;
}

function pictureOf(known: Picture | undefined, reading: Reading): Picture {
	const base = reading.remapped ? decodeChunks(reading.remapped, reading.seats) : known;
	const picture = base ?? emptyPicture(reading.seats);
	applyChanges(picture, reading.changes);
	return picture;
}

function storeReading(
	ctx: ObjectContext,
	before: Head | null,
	reading: Reading,
	picture: Picture
): Head {
	const { revision, onSale, seats, at, scanMs, strays, changes, moves } = reading;
	const samePlan = before?.revision === revision;
	const changed = !samePlan || changes.length > 0;
	// By the clock, so that a picture begun anew never repeats a version that the history has.
	const version = before && !changed ? before.version : Math.max((before?.version ?? 0) + 1, at);
	if (!samePlan) storePicture(ctx, picture, before?.seats ?? 0);
	else storeChanges(ctx, picture, changes);
	const head: Head = {
		...{ revision, version, at, scanMs, onSale, seats, strays },
		scans: (before?.scans ?? 0) + 1,
		counts: countPicture(picture, at),
		taken: takenOf(picture),
		ring: !samePlan
			? resetRing(ctx, before?.ring, version)
			: changed
				? storeRing(ctx, before.ring, version, changes)
				: before.ring,
		frame: samePlan
			? nextFrame(before.frame, { seats, at, moves: moves.length })
			: { at, changes: 0 }
	};
	ctx.set('head', head);
	return head;
}

function takenOf({ codes }: Picture): Head['taken'] {
	const countOf = (code: number) => codes.reduce((sum, each) => sum + Number(each === code), 0);
	return { held: countOf(HELD), sold: countOf(SOLD) };
}

function nextFrame(
	before: Head['frame'],
	{ seats, at, moves }: { seats: number; at: number; moves: number }
): Head['frame'] {
	const changes = before.changes + moves;
	const due =
		changes >= Math.max(FRAME_CHANGES, seats * FRAME_SHARE) ||
		(changes > 0 && at - before.at >= FRAME_MS);
	return due ? { at, changes: 0 } : { at: before.at, changes };
}
