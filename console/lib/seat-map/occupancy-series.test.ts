import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OccupancySeries } from './occupancy-series.ts';

const counts = (sold: number) => ({ available: 0, held: 0, sold, overdue: 0 });

test('however long it runs it stays small, keeps both ends and stays in order', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 6000 }), (length) => {
			const series = new OccupancySeries();
			for (let i = 0; i < length; i++) series.add(i * 1000, counts(i));
			const { points } = series;
			expect(points.length).toBeLessThanOrEqual(720);
			expect(points[0]?.at).toBe(0);
			expect(points.at(-1)).toEqual({ at: (length - 1) * 1000, held: 0, sold: length - 1 });
			expect(points.every(({ at }, i) => i === 0 || at > (points[i - 1]?.at ?? -1))).toBe(true);
		}),
		{ numRuns: 30 }
	);
});

test('keeps every moment while there is room', () => {
	const series = new OccupancySeries();
	for (let i = 0; i < 720; i++) series.add(i * 1000, counts(i));
	expect(series.points).toHaveLength(720);
});

test('the same moment told again replaces itself', () => {
	const series = new OccupancySeries();
	series.add(5, counts(1));
	series.add(5, counts(2));
	expect(series.points).toEqual([{ at: 5, held: 0, sold: 2 }]);
});
