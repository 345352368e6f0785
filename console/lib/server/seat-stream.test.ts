import { expect, test } from 'vitest';
import { HELD, SOLD, applyChanges, emptyPicture } from '../seat-map/picture.ts';
import type { SeatChange } from '../seat-map/picture.ts';
import type { Occupancy } from './occupancy.ts';
import { LIFE_MS, encodeEvent, seatMessages } from './seat-stream.ts';
import type { StreamMessage } from './seat-stream.ts';
import { UpstreamError } from './upstream-error.ts';

const occupancy = (at: number, changes: SeatChange[], revision = 1): Occupancy => {
	const picture = emptyPicture(3);
	applyChanges(picture, changes);
	return { at, revision, onSale: true, picture };
};

const down = new UpstreamError('restate-unreachable', 'Restate is not reachable', { status: 503 });

/** Collects what a viewer is told who leaves when the readings run out. */
async function told(readings: (Occupancy | Error)[]): Promise<StreamMessage[]> {
	let clock = 0;
	const messages: StreamMessage[] = [];
	const left = [...readings];
	const stream = seatMessages({
		read: () => {
			const next = left.shift();
			return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as Occupancy);
		},
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

test('a snapshot, then what changed, and a message even when nothing did', async () => {
	const first = occupancy(1, [[0, HELD, 'ann', 50]]);
	const messages = await told([first, first, occupancy(3, [[0, SOLD, 'ann']])]);
	expect(messages).toEqual([
		{
			event: 'snapshot',
			data: { at: 1, revision: 1, onSale: true, seats: [[0, HELD, 'ann', 50]] }
		},
		{ event: 'delta', data: { at: 1, revision: 1, onSale: true, seats: [] } },
		{ event: 'delta', data: { at: 3, revision: 1, onSale: true, seats: [[0, SOLD, 'ann']] } }
	]);
});

test('a new plan revision begins with a snapshot', async () => {
	const messages = await told([occupancy(1, []), occupancy(2, [[1, SOLD, 'ann']], 2)]);
	expect(messages.map(({ event }) => event)).toEqual(['snapshot', 'snapshot']);
});

test('an outage is told with its start, and over when the next reading comes', async () => {
	const messages = await told([occupancy(7, []), down, down, occupancy(9, [[2, SOLD, 'bob']])]);
	expect(messages.slice(1)).toEqual([
		{ event: 'stale', data: { since: 7, message: 'Restate is not reachable' } },
		{ event: 'stale', data: { since: 7, message: 'Restate is not reachable' } },
		{ event: 'delta', data: { at: 9, revision: 1, onSale: true, seats: [[2, SOLD, 'bob']] } }
	]);
});

test('an error that is nobody’s outage ends the stream', async () => {
	await expect(told([new Error('bug'), occupancy(1, [])])).rejects.toThrow('bug');
});

test('a stream ends after its life', async () => {
	const readings = Array.from({ length: LIFE_MS / 1000 + 50 }, (_, at) => occupancy(at, []));
	expect(await told(readings)).toHaveLength(LIFE_MS / 1000);
});

test('encodeEvent writes one event', () => {
	const data = { since: 1, message: 'a\nb' };
	expect(encodeEvent({ event: 'stale', data })).toBe(
		'event: stale\ndata: {"since":1,"message":"a\\nb"}\n\n'
	);
});
