import { LivePicture } from './live-picture.ts';
import type { OccupancyPort } from './occupancy-port.ts';
import { singleFlight } from './single-flight.ts';

/** An event's picture as this isolate follows it, shared by all of its viewers. */
export interface OccupancyFeed {
	/**
	 * The picture, read anew when it is due. Whoever asks meanwhile waits for the same reading.
	 *
	 * @throws UpstreamError when the seats cannot be read; `last` is what there was then
	 */
	read: () => Promise<LivePicture>;
	readonly last: LivePicture | undefined;
	/** When the picture is due to be read again, ms since the epoch. */
	readonly dueAt: number;
}

/**
 * From a change to the answer of the reading that tells it, at the latest. A change is to be on the
 * screen within a second, and this leaves a tenth for the way from there. The seats are read no more
 * often than that takes, because each reading takes time on the processor from the sale.
 */
const ANSWERED_WITHIN_MS = 900;
/** Where a reading takes too long for that, it is made no more often than this all the same. */
const MIN_MS = 350;
/** A reading that costs more is made less often: the scan takes at most a third of the time. */
const COST = 3;
const MAX_MS = 5_000;
/** However late a reading came, the next one leaves others this long. */
const REST_MS = 50;
/** Isolates that ask within one of these ask with one key, and Restate reads once for them. */
const BUCKET_MS = 250;
/** Past this, a reading whose request has ended is not waited for. */
const LOST_MS = 3_000;
const MAX_EVENTS = 16;

const feeds = new Map<string, OccupancyFeed>();

/** The feed of an event. Nothing is read unless somebody asks. */
export function occupancyFeed(port: OccupancyPort, eventId: string): OccupancyFeed {
	const known = feeds.get(eventId);
	const feed = known ?? createFeed(port, eventId);
	feeds.delete(eventId);
	feeds.set(eventId, feed);
	const [oldest] = feeds.keys();
	if (feeds.size > MAX_EVENTS && oldest !== undefined) feeds.delete(oldest);
	return feed;
}

/**
 * How long after a reading began the next one does.
 *
 * @param scanMs what the scan took of it
 * @param tookMs what it took from being asked for to its answer
 */
export const intervalFor = (scanMs: number, tookMs: number): number =>
	Math.min(Math.max(ANSWERED_WITHIN_MS - tookMs, scanMs * COST, MIN_MS), MAX_MS);

export function createFeed(
	port: OccupancyPort,
	eventId: string,
	now: () => number = Date.now
): OccupancyFeed {
	let picture: LivePicture | undefined;
	let dueAt = 0;

	async function load(): Promise<LivePicture> {
		const begun = now();
		const bucket = Math.floor(begun / BUCKET_MS);
		const next = await (picture ? goOn(picture, bucket) : begin(bucket));
		const tookMs = now() - begun;
		dueAt = begun + Math.max(intervalFor(next.head.scanMs, tookMs), tookMs + REST_MS);
		picture = next;
		return next;
	}

	async function begin(bucket: number): Promise<LivePicture> {
		await port.refresh(eventId, `${eventId}:${bucket}`);
		return new LivePicture(await port.snapshot(eventId));
	}

	async function goOn(before: LivePicture, bucket: number): Promise<LivePicture> {
		const { revision, version } = before.head;
		const key = `${eventId}:${bucket}:${revision}.${version}`;
		const changes = await port.follow(eventId, key, { revision, version });
		// Another plan was published: its seats are other seats.
		if (changes.revision !== revision) return new LivePicture(await port.snapshot(eventId));
		before.advance(version, changes);
		return before;
	}

	return {
		read: singleFlight(load, {
			freshMs: () => dueAt - now(),
			lostMs: LOST_MS,
			now
		}),
		get last() {
			return picture;
		},
		get dueAt() {
			return dueAt;
		}
	};
}
