import { expect, test } from 'vitest';
import { HELD, SOLD } from '$shared/occupancy.ts';
import type { OccupancyHead, SeatNow } from '$shared/occupancy.ts';
import type { SeatPosition } from '../seat-map/seat-messages.ts';
import { LivePicture } from './live-picture.ts';
import type { OccupancyFeed } from './occupancy.ts';
import { LIFE_MS, encodeEvent, seatMessages } from './seat-stream.ts';
import type { StreamMessage } from './seat-stream.ts';
import { UpstreamError } from './upstream-error.ts';

const INTERVAL_MS = 500;

const headOf = (version: number, at: number, revision = 1): OccupancyHead => ({
	...{ revision, version, at, scanMs: 5, scans: 1, onSale: true },
	counts: { available: 3, held: 0, sold: 0, overdue: 0 }
});

/** What a reading comes to: seats that changed, none, or a failure. */
type Reading = SeatNow[] | UpstreamError;

const down = new UpstreamError('ingress-unreachable', 'Restate is not reachable', { status: 503 });

interface Viewer {
	resume?: SeatPosition;
	/** Whether the isolate has followed the event before. */
	known?: boolean;
}

/** Collects what a viewer is told who leaves when the readings run out. */
async function told(readings: Reading[], viewer: Viewer = {}): Promise<StreamMessage[]> {
	let clock = 1_000;
	const picture = new LivePicture({ ...headOf(1, clock), seats: [] });
	let last = viewer.known ? picture : undefined;
	const left = [...readings];
	const feed: OccupancyFeed = {
		read: () => {
			const next = left.shift();
			if (next instanceof UpstreamError) return Promise.reject(next);
			const { version } = picture.head;
			const seats = next ?? [];
			const changes = { ...headOf(version + Number(seats.length > 0), clock), reset: false, seats };
			picture.advance(version, changes);
			last = picture;
			return Promise.resolve(picture);
		},
		get last() {
			return last;
		},
		get dueAt() {
			return clock + INTERVAL_MS;
		}
	};
	const messages: StreamMessage[] = [];
	const stream = seatMessages({
		feed,
		resume: viewer.resume,
		sleep: (ms) => {
			clock += ms;
			return Promise.resolve();
		},
		gone: () => left.length === 0,
		now: () => clock
	});
	for await (const message of stream) messages.push(message);
	return messages;
}

test('a snapshot, then what changed, each with the position to resume from', async () => {
	const messages = await told([[[0, HELD, 5_000]], [[0, SOLD]]]);
	expect(messages).toEqual([
		{
			event: 'snapshot',
			id: '1.2',
			data: {
				...{ at: 1_000, now: 1_000, revision: 1, onSale: true },
				...{ codes: '100', base: 5_000, untils: [0, 0] }
			}
		},
		{
			event: 'delta',
			id: '1.3',
			data: { at: 1_500, now: 1_500, revision: 1, onSale: true, seats: [[0, SOLD]] }
		}
	]);
});

test('a beat every other second while nothing changes', async () => {
	const messages = await told(Array<Reading>(10).fill([]));
	expect(messages.map(({ event }) => event)).toEqual(['snapshot', 'beat', 'beat']);
	expect(messages.at(-1)?.data).toEqual({ at: 5_000, now: 5_000, revision: 1, onSale: true });
});

test('a viewer who comes back is told what they missed', async () => {
	const resume = { revision: 1, version: 1 };
	const [missed] = await told([[[1, SOLD]]], { resume });
	expect(missed).toMatchObject({ event: 'delta', id: '1.2', data: { seats: [[1, SOLD]] } });
});

test.each([
	{ revision: 1, version: 0 },
	{ revision: 1, version: 99 },
	{ revision: 2, version: 1 }
])('one who saw something else last, %o, gets the whole picture', async (resume) => {
	const [first] = await told([[]], { resume });
	expect(first?.event).toBe('snapshot');
});

test('an outage is told with its start, and over with the next reading', async () => {
	const messages = await told([[], down, down, []]);
	expect(messages.slice(1)).toEqual([
		{ event: 'stale', data: { since: 1_000, message: 'Restate is not reachable' } },
		{ event: 'stale', data: { since: 1_000, message: 'Restate is not reachable' } },
		expect.objectContaining({ event: 'beat' })
	]);
});

test('during an outage a new viewer gets the last picture there is', async () => {
	const messages = await told([down, []], { known: true });
	expect(messages.map(({ event }) => event)).toEqual(['snapshot', 'stale', 'beat']);
});

test('tries less often the longer an outage lasts', async () => {
	const messages = await told([[], ...Array<Reading>(5).fill(down), []]);
	expect(messages.at(-1)?.data).toMatchObject({ now: 1_500 + 1_000 + 2_000 + 4_000 + 2 * 5_000 });
});

test('a stream lives for a limited time', async () => {
	const messages = await told(Array<Reading>(LIFE_MS / INTERVAL_MS + 10).fill([]));
	expect(messages.at(-1)?.data).toMatchObject({ now: 1_000 + LIFE_MS - 2_000 });
});

test('any other failure is the stream’s own', async () => {
	const broken = { read: () => Promise.reject(new Error('bug')), last: undefined, dueAt: 0 };
	const stream = seatMessages({
		feed: broken,
		resume: undefined,
		sleep: () => Promise.resolve(),
		gone: () => false
	});
	await expect(stream.next()).rejects.toThrow('bug');
});

test('messages are server-sent events', () => {
	const data = { at: 1, now: 2, revision: 1, onSale: true };
	expect(encodeEvent({ event: 'beat', id: '1.7', data })).toBe(
		`id: 1.7\nevent: beat\ndata: ${JSON.stringify(data)}\n\n`
	);
	expect(encodeEvent({ event: 'stale', data: { since: 1, message: 'm' } })).toBe(
		'event: stale\ndata: {"since":1,"message":"m"}\n\n'
	);
});
