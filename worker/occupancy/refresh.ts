import type { ObjectContext } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { occupancyHistorySend } from '../clients.ts';
import { applyChanges, countPicture, countTaken, emptyPicture } from './picture.ts';
import type { Picture } from './picture.ts';
import { readSeats } from './read-seats.ts';
import type { Reading } from './read-seats.ts';
import { loadHead, resetRing, storeHead, storeRing } from './state.ts';
import type { Head } from './state.ts';
import {
	dropStored,
	loadPicture,
	STORED_FORM,
	storeChanges,
	storePicture
} from './stored-picture.ts';

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
	const known = before && { ...before, picture: await loadPicture(ctx, before) };
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
	const { remapped, seats, changes } = reading;
	const picture = remapped ? emptyPicture(seats) : (known ?? emptyPicture(seats));
	applyChanges(picture, remapped ?? []);
	applyChanges(picture, changes);
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
	if (!samePlan || before.form !== STORED_FORM) storePicture(ctx, picture);
	else storeChanges(ctx, picture, changes);
	const head: Head = {
		...{ form: STORED_FORM, revision, version, at, scanMs, onSale, seats, strays },
		scans: (before?.scans ?? 0) + 1,
		counts: countPicture(picture, at),
		taken: countTaken(picture),
		ring: !samePlan
			? resetRing(ctx, before?.ring, version)
			: changed
				? storeRing(ctx, before.ring, version, changes)
				: before.ring,
		frame: samePlan
			? nextFrame(before.frame, { seats, at, moves: moves.length })
			: { at, changes: 0 }
	};
	storeHead(ctx, head, before);
	if (before) dropStored(ctx, before, seats);
	return head;
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
