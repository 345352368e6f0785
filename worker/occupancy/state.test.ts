import type { ObjectSharedContext } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { expect, test } from 'vitest';
import { HELD, SOLD } from '../../shared/occupancy.ts';
import type { SeatNow } from '../../shared/occupancy.ts';
import { loadChangesSince } from './state.ts';
import type { Head } from './state.ts';

const head: Head = {
	...{ revision: 1, version: 30, at: 30, scanMs: 1, scans: 3, onSale: true, seats: 9 },
	counts: { available: 7, held: 1, sold: 1, overdue: 0 },
	taken: { held: 1, sold: 1 },
	strays: { epochs: 0, held: 0, sold: 0 },
	ring: {
		floor: 10,
		entries: [
			[20, 1],
			[30, 1]
		]
	},
	frame: { at: 10, changes: 2 }
};

const holding = (stored: Record<string, SeatNow[]>): ObjectSharedContext =>
	({ get: (key: string) => Promise.resolve(stored[key] ?? null) }) as never;

test('tells what changed since a version', async () => {
	const ctx = holding({ 'ring:20': [[0, HELD, 99]], 'ring:30': [[0, SOLD]] });
	expect(await loadChangesSince(ctx, head, { revision: 1, version: 10 })).toEqual([[0, SOLD]]);
	expect(await loadChangesSince(ctx, head, { revision: 1, version: 30 })).toEqual([]);
});

test.each([
	['of another plan', { revision: 2, version: 30 }],
	['older than the ring', { revision: 1, version: 9 }],
	['of a life of the picture that is over', { revision: 1, version: 31 }]
])('takes the whole picture for a version %s', async (_, since) => {
	expect(await loadChangesSince(holding({}), head, since)).toBeUndefined();
});

test('takes the whole picture when a refresh has dropped a version that the head still names', async () => {
	const ctx = holding({ 'ring:30': [[1, HELD, 99]] });
	expect(await loadChangesSince(ctx, head, { revision: 1, version: 10 })).toBeUndefined();
});
