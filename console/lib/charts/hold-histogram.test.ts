import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countHolds } from './hold-histogram.ts';

const NOW = 1_000_000_000;

it('counts by minutes left, lapsed ones apart, and leaves out seats that are not held', () => {
	const untils = [0, NOW - 1, NOW, NOW + 1, NOW + 59_999, NOW + 60_000, NOW + 14.5 * 60_000];
	const { overdue, minutes, next } = countHolds(Float64Array.from(untils), NOW);
	expect(overdue).toBe(2);
	expect(minutes.slice(0, 2)).toEqual([2, 1]);
	expect(minutes[14]).toBe(1);
	expect(next).toBe(NOW + 1);
});

it('has nothing to say of an event without holds', () => {
	expect(countHolds(new Float64Array(5), NOW)).toMatchObject({ overdue: 0, next: null });
});

it('counts every hold exactly once', () => {
	const hold = fc.integer({ min: NOW - 3_600_000, max: NOW + 3_600_000 });
	fc.assert(
		fc.property(fc.array(hold), (untils) => {
			const { overdue, minutes } = countHolds(Float64Array.from(untils), NOW);
			expect(overdue + minutes.reduce((sum, n) => sum + n, 0)).toBe(untils.length);
		})
	);
});
