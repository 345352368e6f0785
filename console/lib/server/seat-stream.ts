import { diffPictures } from '../seat-map/picture.ts';
import type { SeatMessage } from '../seat-map/picture.ts';
import type { Occupancy } from './occupancy.ts';
import { UpstreamError } from './upstream-error.ts';

/** Told instead of a picture while Restate cannot be read. */
export interface StaleMessage {
	since: number;
	message: string;
}

export type StreamMessage =
	{ event: 'snapshot' | 'delta'; data: SeatMessage } | { event: 'stale'; data: StaleMessage };

interface StreamOptions {
	read: () => Promise<Occupancy>;
	/** Resolves after `ms`, or early when the viewer has gone. */
	sleep: (ms: number) => Promise<void>;
	/** Whether the viewer has gone. */
	gone: () => boolean;
	now?: () => number;
}

const INTERVAL_MS = 1000;
/** Then the stream ends and the browser opens the next one: no request lives for ever. */
export const LIFE_MS = 5 * 60_000;

/**
 * What one viewer is told: a snapshot first, then what changed, about every second. A message
 * comes even when nothing changed, so that silence always means a broken connection. After a gap
 * or a new plan revision the next message is a snapshot again.
 */
export async function* seatMessages({
	read,
	sleep,
	gone,
	now = Date.now
}: StreamOptions): AsyncGenerator<StreamMessage, void> {
	const ends = now() + LIFE_MS;
	let last: Occupancy | undefined;
	let staleSince: number | undefined;
	while (!gone() && now() < ends) {
		const started = now();
		try {
			const next = await read();
			staleSince = undefined;
			yield messageOf(last, next);
			last = next;
		} catch (error) {
			if (!(error instanceof UpstreamError)) throw error;
			staleSince ??= last?.at ?? started;
			yield { event: 'stale', data: { since: staleSince, message: error.message } };
		}
		await sleep(Math.max(INTERVAL_MS - (now() - started), INTERVAL_MS / 4));
	}
}

function messageOf(last: Occupancy | undefined, next: Occupancy): StreamMessage {
	const { at, revision, onSale, picture } = next;
	const before = last?.revision === revision ? last.picture : undefined;
	const seats = diffPictures(before, picture);
	return { event: before ? 'delta' : 'snapshot', data: { at, revision, onSale, seats } };
}

/** The wire form of a server-sent event. */
export const encodeEvent = ({ event, data }: StreamMessage): string =>
	`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
