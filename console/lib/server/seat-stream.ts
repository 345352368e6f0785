import { formatPosition } from '../seat-map/seat-messages.ts';
import type {
	BeatMessage,
	DeltaMessage,
	SeatPosition,
	SnapshotMessage,
	StaleMessage
} from '../seat-map/seat-messages.ts';
import type { LivePicture } from './live-picture.ts';
import type { OccupancyFeed } from './occupancy.ts';
import { UpstreamError } from './upstream-error.ts';

export type StreamMessage = { id?: string } & (
	| { event: 'snapshot'; data: SnapshotMessage }
	| { event: 'delta'; data: DeltaMessage }
	| { event: 'beat'; data: BeatMessage }
	| { event: 'stale'; data: StaleMessage }
);

interface StreamOptions {
	feed: OccupancyFeed;
	/** What the browser saw last, when it comes back. */
	resume: SeatPosition | undefined;
	/** Resolves after `ms`, or early when the viewer has gone. */
	sleep: (ms: number) => Promise<void>;
	/** Whether the viewer has gone. */
	gone: () => boolean;
	now?: () => number;
}

/** Silence longer than this means a broken connection. */
const BEAT_MS = 2_000;
/** Then the stream ends and the browser opens the next one: no request lives for ever. */
export const LIFE_MS = 5 * 60_000;
const RETRY_MS = { first: 1_000, most: 5_000 };
/** A reading that others were quicker to begin may be due already: this long is left to it. */
const SHORTEST_MS = 50;

/**
 * What one viewer is told: the picture first, or what they missed since they were last connected;
 * then what changes, as soon as it is read; and now and then that nothing did. While the seats
 * cannot be read they are told since when, and the last picture if they have none yet.
 */
export async function* seatMessages({
	feed,
	resume,
	sleep,
	gone,
	now = Date.now
}: StreamOptions): AsyncGenerator<StreamMessage, void> {
	const ends = now() + LIFE_MS;
	let position = resume;
	let beatAt = -Infinity;
	let outage: { since: number; retryMs: number } | undefined;
	while (!gone() && now() < ends) {
		try {
			const picture = await feed.read();
			const message = messageOf(picture, position, now());
			// The picture goes on while the viewer takes the message.
			position = picture.head;
			if (outage || message.event !== 'beat' || now() - beatAt >= BEAT_MS) {
				yield message;
				beatAt = now();
			}
			outage = undefined;
			await sleep(Math.max(feed.dueAt - now(), SHORTEST_MS));
		} catch (error) {
			if (!(error instanceof UpstreamError)) throw error;
			const { last } = feed;
			if (last && position === undefined) {
				position = last.head;
				yield messageOf(last, undefined, now());
			}
			outage ??= { since: last?.head.at ?? now(), retryMs: RETRY_MS.first };
			yield { event: 'stale', data: { since: outage.since, message: error.message } };
			await sleep(outage.retryMs);
			outage.retryMs = Math.min(outage.retryMs * 2, RETRY_MS.most);
		}
	}
}

function messageOf(
	picture: LivePicture,
	position: SeatPosition | undefined,
	now: number
): StreamMessage {
	const { at, revision, onSale } = picture.head;
	const beat: BeatMessage = { at, now, revision, onSale };
	const seats = position && picture.since(position);
	const id = formatPosition(picture.head);
	if (!seats) return { event: 'snapshot', id, data: { ...beat, ...picture.whole() } };
	return seats.length > 0
		? { event: 'delta', id, data: { ...beat, seats } }
		: { event: 'beat', id, data: beat };
}

/** The wire form of a server-sent event. */
export const encodeEvent = ({ event, id, data }: StreamMessage): string =>
	`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
