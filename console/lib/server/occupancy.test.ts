import { describe, expect, test } from 'vitest';
import { HELD, SOLD } from '$shared/occupancy.ts';
import type { OccupancyChanges, OccupancyHead, SeatNow } from '$shared/occupancy.ts';
import type { LivePicture } from './live-picture.ts';
import { createFeed, intervalFor } from './occupancy.ts';
import type { OccupancyPort } from './occupancy-port.ts';
import { UpstreamError } from './upstream-error.ts';

const headOf = (version: number, revision = 1): OccupancyHead => ({
	...{ revision, version, at: version, scanMs: 20, scans: version, onSale: true },
	counts: { available: 4, held: 0, sold: 0, overdue: 0 }
});

/** An Occupancy object that can be moved on, and how often it was asked for what. */
function fakeObject() {
	const seats = new Map<number, SeatNow>();
	const asked = { refresh: [] as string[], snapshot: 0 };
	let head = headOf(1);
	let log: { version: number; seat: SeatNow }[] = [];
	let isDown = false;
	const answer = <T>(value: T): Promise<T> =>
		isDown
			? Promise.reject(new UpstreamError('ingress-unreachable', 'down', { status: 503 }))
			: Promise.resolve(value);
	const port = {
		refresh: (_: string, key: string) => (asked.refresh.push(key), answer(head)),
		follow: (_: string, key: string, since: { version: number }) => {
			asked.refresh.push(key);
			const found = log.filter(({ version }) => version > since.version).map(({ seat }) => seat);
			return answer<OccupancyChanges>({ ...head, reset: false, seats: found });
		},
		snapshot: () => (asked.snapshot++, answer({ ...head, seats: [...seats.values()] }))
	} as Partial<OccupancyPort> as OccupancyPort;
	return {
		port,
		asked,
		change(seat: SeatNow) {
			head = headOf(head.version + 1, head.revision);
			seats.set(seat[0], seat);
			log.push({ version: head.version, seat });
		},
		publish() {
			head = headOf(head.version + 1, head.revision + 1);
			log = [];
		},
		down(value: boolean) {
			isDown = value;
		}
	};
}

const wholeOf = (picture: LivePicture) => picture.whole();

describe('a feed', () => {
	test('reads once for all who ask within its interval, and then again', async () => {
		const object = fakeObject();
		let clock = 10_000;
		const feed = createFeed(object.port, 'e', () => clock);
		await Promise.all([feed.read(), feed.read(), feed.read()]);
		await feed.read();
		expect(object.asked).toEqual({ refresh: ['e:40'], snapshot: 1 });
		clock = feed.dueAt;
		await Promise.all([feed.read(), feed.read()]);
		expect(object.asked).toEqual({ refresh: ['e:40', 'e:43:1.1'], snapshot: 1 });
	});

	test('follows by changes, and begins anew with another plan', async () => {
		const object = fakeObject();
		let clock = 0;
		const feed = createFeed(object.port, 'e', () => clock);
		const next = () => ((clock = feed.dueAt), feed.read());
		const first = await next();
		const start = { revision: 1, version: first.head.version };
		object.change([1, HELD, 5_000]);
		object.change([3, SOLD]);
		const then = await next();
		expect(wholeOf(then)).toEqual({ codes: '0102', base: 5_000, untils: [1, 0] });
		expect(then.since(start)).toEqual([
			[1, HELD, 5_000],
			[3, SOLD]
		]);
		expect(then.since(then.head)).toEqual([]);
		expect(then.since({ revision: 1, version: 0 })).toBeUndefined();
		expect(object.asked.snapshot).toBe(1);

		object.publish();
		const renewed = await next();
		expect(renewed.since(start)).toBeUndefined();
		expect(object.asked.snapshot).toBe(2);
	});

	test('keeps its last picture while the seats cannot be read', async () => {
		const object = fakeObject();
		let clock = 0;
		const feed = createFeed(object.port, 'e', () => clock);
		expect(feed.last).toBeUndefined();
		await feed.read();
		object.down(true);
		clock = feed.dueAt;
		await expect(feed.read()).rejects.toThrow('down');
		expect(feed.last?.head.version).toBe(1);
		object.down(false);
		object.change([0, SOLD]);
		expect((await feed.read()).whole().codes).toBe('2000');
	});
});

test.each([
	['a quick one', 20, 100, 800],
	['one that keeps the promise just so', 60, 550, 350],
	['one that cannot keep it', 60, 900, 350],
	['one whose scan is dear', 300, 400, 900],
	['one without end', 60_000, 70_000, 5_000]
])('after %s, of %d and %d ms, the seats are read %d ms later', (_, scanMs, tookMs, interval) => {
	expect(intervalFor(scanMs, tookMs)).toBe(interval);
});
