import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { SERIES_STEPS } from '../shared/occupancy.ts';
import type {
	OccupancyChanges,
	OccupancyHead,
	OccupancyReplay,
	OccupancySeries,
	OccupancySnapshot
} from '../shared/occupancy.ts';
import { isKeyPart } from '../shared/seat-key.ts';
import { findEvent } from './catalog.ts';
import { takenSeats } from './occupancy/picture.ts';
import { refresh } from './occupancy/refresh.ts';
import { readReplay } from './occupancy/replay-store.ts';
import { readSeries } from './occupancy/series-store.ts';
import { loadChangesSince, loadHead, viewHead } from './occupancy/state.ts';
import type { Head } from './occupancy/state.ts';
import { loadPicture } from './occupancy/stored-picture.ts';
import { armTimer, isAlive, keepTimer, stopTimer } from './occupancy/timer.ts';
import { input, UNRECORDED } from './schemas.ts';

/**
 * An event's seats at a glance: the live picture, its changes, and its past. It is derived: each
 * refresh reads the seats themselves, and nothing is decided by it. The picture is this object's
 * state; the past is in D1, written by OccupancyHistory.
 */

const moment = z.int().min(0);
const Since = z.object({ since: z.object({ revision: z.int(), version: z.int() }) });
type Position = z.infer<typeof Since>['since'];
const Range = z.object({ from: moment, to: moment }).refine(({ from, to }) => from <= to, {
	error: 'from must not be later than to'
});
const SeriesRange = z
	.object({ from: moment, to: moment, step: z.literal(SERIES_STEPS).optional() })
	.refine(({ from, to }) => from < to, { error: 'from must be earlier than to' });
const Generation = z.object({ generation: z.int() });

/** A picture this fresh is not read again, however many ask. */
const FRESH_MS = 250;

/** A repeated call with the same idempotency key gets the same answer for this long. */
const REFRESH = { journalRetention: 0, idempotencyRetention: 10_000 } as const;
const INTERNAL = { journalRetention: 0, ingressPrivate: true } as const;
/** The past is in D1: nothing of the picture needs to be loaded for it. */
const PAST = { ...UNRECORDED, enableLazyState: true } as const;

export const occupancy = restate.object({
	name: 'Occupancy',
	handlers: {
		/** Reads the seats, unless that was done a moment ago. One at a time, for all who ask. */
		refresh: restate.handlers.object.exclusive(
			REFRESH,
			async (ctx: restate.ObjectContext): Promise<OccupancyHead> => viewHead(await freshHead(ctx))
		),

		/** Does the same for a reader who has a picture, and tells what to change in it: one call for two. */
		follow: restate.handlers.object.exclusive(
			{ ...REFRESH, ...input(Since) },
			async (
				ctx: restate.ObjectContext,
				{ since }: z.infer<typeof Since>
			): Promise<OccupancyChanges> => {
				const head = await freshHead(ctx);
				return { ...viewHead(head), ...(await changesOf(ctx, head, since)) };
			}
		),

		snapshot: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext): Promise<OccupancySnapshot> => {
				const head = await headOf(ctx);
				return { ...viewHead(head), seats: takenSeats(await loadPicture(ctx, head)) };
			}
		),

		changes: restate.handlers.object.shared(
			{ ...UNRECORDED, ...input(Since) },
			async (
				ctx: restate.ObjectSharedContext,
				{ since }: z.infer<typeof Since>
			): Promise<OccupancyChanges> => {
				const head = await headOf(ctx);
				return { ...viewHead(head), ...(await changesOf(ctx, head, since)) };
			}
		),

		series: restate.handlers.object.shared(
			{ ...PAST, ...input(SeriesRange) },
			async (
				ctx: restate.ObjectSharedContext,
				range: z.infer<typeof SeriesRange>
			): Promise<OccupancySeries> => {
				await assertEvent(ctx.key);
				return fromHistory(() => readSeries(env.DB, ctx.key, range));
			}
		),

		replay: restate.handlers.object.shared(
			{ ...PAST, ...input(Range) },
			async (
				ctx: restate.ObjectSharedContext,
				range: z.infer<typeof Range>
			): Promise<OccupancyReplay> => {
				await assertEvent(ctx.key);
				const present = await loadHead(ctx);
				return fromHistory(() => readReplay(env.DB, ctx.key, range, present));
			}
		),

		/** A plan was published or a sale began: looks at once, and from now on by the timer. */
		watch: restate.handlers.object.exclusive(
			INTERNAL,
			async (ctx: restate.ObjectContext): Promise<void> => {
				await armTimer(ctx, await refresh(ctx, { sampled: true }));
			}
		),

		/** The timer: samples the seats while nobody watches, and sets itself again. */
		sample: restate.handlers.object.exclusive(
			{ ...INTERNAL, ...input(Generation) },
			async (
				ctx: restate.ObjectContext,
				{ generation }: z.infer<typeof Generation>
			): Promise<void> => {
				if (!(await isAlive(ctx, generation))) return;
				const before = await loadHead(ctx);
				const head = await sampleSeats(ctx, before);
				if (head?.onSale) await armTimer(ctx, head, { idle: head.version === before?.version });
				else stopTimer(ctx);
			}
		)
	}
});

export type Occupancy = typeof occupancy;

async function freshHead(ctx: restate.ObjectContext): Promise<Head> {
	assertKey(ctx.key);
	// The reading itself, a step, says whether there is such an event: asked out here, D1 might
	// answer differently on a replay.
	const known = await loadHead(ctx);
	if (known && Date.now() - known.at < FRESH_MS) return known;
	const head = await refresh(ctx, { sampled: false });
	await keepTimer(ctx, head);
	return head;
}

/** What differs from a version; the whole picture where only that can tell. */
async function changesOf(
	ctx: restate.ObjectSharedContext,
	head: Head,
	since: Position
): Promise<Pick<OccupancyChanges, 'reset' | 'seats'>> {
	const seats = await loadChangesSince(ctx, head, since);
	if (seats) return { reset: false, seats };
	return { reset: true, seats: takenSeats(await loadPicture(ctx, head)) };
}

/** Seats that cannot be read now may be so at the next sample. */
async function sampleSeats(ctx: restate.ObjectContext, before: Head | null): Promise<Head | null> {
	try {
		return await refresh(ctx, { sampled: true });
	} catch (error) {
		if (!(error instanceof restate.TerminalError)) throw error;
		ctx.console.warn('The seats could not be sampled', { reason: error.message });
		return error.code === 404 ? null : before;
	}
}

/** Whoever asks for the past does not wait for a D1 that is away: it is asked again soon enough. */
async function fromHistory<T>(read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof restate.TerminalError) throw error;
		throw new restate.TerminalError(`The history cannot be read now, try again: ${String(error)}`, {
			errorCode: 503
		});
	}
}

async function headOf(ctx: restate.ObjectSharedContext): Promise<Head> {
	const head = await loadHead(ctx);
	if (head) return head;
	await assertEvent(ctx.key);
	throw new restate.TerminalError(
		`The seats of "${ctx.key}" have not been read yet: call refresh first`,
		{ errorCode: 404 }
	);
}

/** @throws TerminalError 400 for a malformed key */
function assertKey(id: string): void {
	if (!isKeyPart(id))
		throw new restate.TerminalError(
			`"${id}" is not an event ID: give 1 to 64 of A-Z a-z 0-9 . _ -`,
			{ errorCode: 400 }
		);
}

/** @throws TerminalError 400 for a malformed key, 404 for an event that is none */
async function assertEvent(id: string): Promise<void> {
	assertKey(id);
	if (!(await findEvent(id)))
		throw new restate.TerminalError(`No event "${id}"`, { errorCode: 404 });
}
