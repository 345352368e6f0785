import { describe, expect, test } from 'vitest';
import { compared, isMet, median } from './row.ts';

test.each([
	[[3], 3],
	[[1, 2], 1.5],
	[[9, 1, 5], 5],
	[[4, 1, 3, 2], 2.5]
])('the median of %j is %d', (values, expected) => {
	expect(median(values)).toBe(expected);
});

test('there is no median of nothing', () => {
	expect(() => median([])).toThrow('no values');
});

describe('a comparison', () => {
	const rounds = [
		{ value: 80, floor: 100 },
		{ value: 45, floor: 50 },
		{ value: 10, floor: 100 }
	];

	test('takes the ratio within each round, so that a slow round weighs on both', () => {
		const row = compared('reserve', '1/s', 'bare', rounds, { at: 'least', ratio: 0.8 });
		expect(row).toMatchObject({ value: 45, floor: { name: 'bare', value: 100 }, ratio: 0.8 });
		expect(isMet(row)).toBe(true);
	});

	test('may have a ratio not to go above, or no goal', () => {
		expect(isMet(compared('a', 'ms', 'b', rounds, { at: 'most', ratio: 0.5 }))).toBe(false);
		expect(isMet(compared('a', 'ms', 'b', rounds))).toBeUndefined();
	});

	test('may be held to a bound of its own instead', () => {
		const row = { name: 'first paint', unit: 'ms', value: 100 };
		expect(isMet({ ...row, goal: { at: 'most', value: 100 } })).toBe(true);
		expect(isMet({ ...row, goal: { at: 'most', value: 99 } })).toBe(false);
		expect(isMet({ ...row, goal: { at: 'most', ratio: 1 } })).toBeUndefined();
	});
});
