import fc from 'fast-check';
import { expect, it } from 'vitest';
import { percentile, percentiles } from './percentiles.ts';

it.each([
	[[5], { count: 1, p50: 5, p90: 5, p99: 5, max: 5 }],
	[[2, 1], { count: 2, p50: 1, p90: 2, p99: 2, max: 2 }],
	[
		Array.from({ length: 100 }, (_, i) => 100 - i),
		{ count: 100, p50: 50, p90: 90, p99: 99, max: 100 }
	],
	[
		Array.from({ length: 1000 }, (_, i) => i + 1),
		{ count: 1000, p50: 500, p90: 900, p99: 990, max: 1000 }
	]
])('of %j', (values, expected) => expect(percentiles(values)).toEqual(expected));

it('has none of nothing', () => {
	expect(percentiles([])).toBeUndefined();
	expect(percentile([], 95)).toBeUndefined();
});

it.each([
	[[5], 95, 5],
	[[4, 3, 2, 1], 50, 2],
	[Array.from({ length: 100 }, (_, i) => 100 - i), 95, 95],
	[[1, 9], 100, 9]
])('of %j the %sth is %s', (values, percent, expected) => {
	expect(percentile(values, percent)).toBe(expected);
});

it('gives measured values, in order', () => {
	const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 });
	fc.assert(
		fc.property(values, (measured) => {
			const found = percentiles(measured);
			if (!found) throw new Error('there were values');
			const { p50, p90, p99, max } = found;
			for (const value of [p50, p90, p99, max]) expect(measured).toContain(value);
			expect(p50 <= p90 && p90 <= p99 && p99 <= max).toBe(true);
		})
	);
});
