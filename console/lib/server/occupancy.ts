import type { OccupancyHead } from '$shared/occupancy.ts';
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

/** A reading that costs more is made less often: it takes at most a fifth of the time. */
const COST = 5;
const MIN_MS = 500;
const MAX_MS = 5_000;
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

/** How long a picture that took that long to read is good for. */
export const intervalFor = (scanMs: number): number =>
	Math.min(Math.max(scanMs * COST, MIN_MS), MAX_MS);

export function createFeed(
	port: OccupancyPort,
	eventId: string,
	now: () => number = Date.now
): OccupancyFeed {
	let picture: LivePicture | undefined;
	let dueAt = 0;

	async function load(): Promise<LivePicture> {
		const bucket = Math.floor(now() / BUCKET_MS);
		const head = await port.refresh(eventId, `${eventId}:${bucket}`);
		const next = await bringTo(head, picture);
		dueAt = now() + intervalFor(head.scanMs);
		picture = next;
		return next;
	}

	async function bringTo(
		head: OccupancyHead,
		before: LivePicture | undefined
	): Promise<LivePicture> {
		if (before?.head.revision !== head.revision) return begin();
		if (before.head.version === head.version) {
			before.confirm(head);
			return before;
		}
		const { version } = before.head;
		const changes = await port.changes(eventId, before.head);
		// Another plan was published in between: its seats are other seats.
		if (changes.revision !== before.head.revision) return begin();
		before.advance(version, changes);
		return before;
	}

	const begin = async (): Promise<LivePicture> => new LivePicture(await port.snapshot(eventId));

	return {
		read: singleFlight(load, {
			freshMs: ({ head }) => intervalFor(head.scanMs),
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
