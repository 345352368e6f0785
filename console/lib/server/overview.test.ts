import { expect, test } from 'vitest';
import { readSample } from './event-samples.ts';
import type { SampleRow } from './event-samples.ts';
import { failuresQuery } from './failures.ts';
import { summarise } from './order-totals.ts';
import { sampleOf, seatCountQuery } from './seat-counts.ts';

const row = (at: number, told: Partial<SampleRow> = {}): SampleRow => ({
	...{ event: 'a', at, available: 9, held: 1, sold: 0, overdue: 0, reserved: 0, confirmed: 0 },
	...told
});
const minute = (told: (at: number) => Partial<SampleRow>) =>
	[0, 10, 20, 30, 40, 50, 60].map((s) => row(s * 1000, told(s)));

test('the rate is that of the last full minute: the step under way is left out', () => {
	const rows = minute((s) => ({ reserved: s === 60 ? 99 : 2, confirmed: s === 0 ? 5 : 0 }));
	expect(readSample(rows).perMinute).toEqual({ reserved: 12, sold: 5 });
	expect(readSample(rows.slice(-1)).perMinute).toEqual({ reserved: 0, sold: 0 });
});

test('the counts are those of the newest sample', () => {
	const rows = minute((s) => ({ held: s, sold: s + 1, overdue: 3 }));
	expect(readSample(rows).sample).toMatchObject({
		at: 60_000,
		counts: { available: 9, held: 60, sold: 61, overdue: 3 }
	});
});

test.each([
	['all through the minute', minute((s) => ({ overdue: s === 30 ? 2 : 4 })), 2],
	['but not at one moment', minute((s) => ({ overdue: s === 30 ? 0 : 4 })), 0],
	['but sampled too short', minute(() => ({ overdue: 4 })).slice(3), 0]
])('holds are lapsed that were so %s', (_, rows, lapsed) => {
	expect(readSample(rows).sample.lapsed).toBe(lapsed);
});

test('seats without state are available, and so are those of lapsed holds', () => {
	const counts = { event: 'a', held: 2, sold: 5, overdue: 1, lapsed: 1 };
	expect(sampleOf(10, counts, 7)).toEqual({
		at: 7,
		lapsed: 1,
		counts: { available: 3, held: 2, sold: 5, overdue: 1 }
	});
	expect(sampleOf(10, undefined, 7).counts.available).toBe(10);
	expect(seatCountQuery(["a'b"], 7)).toContain("IN ('a''b')");
});

test('orders add up by event and currency', () => {
	const sums = [
		{ event: 'a', currency: 'EUR', confirmed: 2, unsuccessful: 1, amount: 500 },
		{ event: 'a', currency: 'TWD', confirmed: 1, unsuccessful: 0, amount: 900 },
		{ event: 'b', currency: 'EUR', confirmed: 0, unsuccessful: 4, amount: 0 }
	];
	const { totals, taken } = summarise(sums, { count: 1, since: 5 });
	expect(totals).toEqual({
		confirmed: 3,
		unsuccessful: 5,
		mailsDue: { count: 1, since: 5 },
		leftOpen: { count: 0, since: null }
	});
	expect([...taken]).toEqual([
		[
			'a',
			[
				{ amount: 500, currency: 'EUR' },
				{ amount: 900, currency: 'TWD' }
			]
		]
	]);
});

test('only faults leaves out what the service refuses by design', () => {
	expect(failuresQuery('faults', 5)).toContain("NOT starts_with(completion_failure, '[402]')");
	expect(failuresQuery('all', 5)).not.toContain('[402]');
});
