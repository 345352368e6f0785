import { expect, test } from 'vitest';
import { trendOf } from './memory.ts';

test('compares the end with the beginning, without the warm-up', () => {
	const samples = [1, 1, 1, 10, 10, 10, 11, 11, 11, 12, 12, 12];
	expect(trendOf(samples)).toEqual({ earlyMB: 10, lateMB: 12, growth: 1.2 });
});

test('takes a spike for what it is', () => {
	expect(trendOf([5, 10, 10, 10, 90, 10, 10, 10]).growth).toBe(1);
});

test('has an answer for a single look', () => {
	expect(trendOf([7])).toEqual({ earlyMB: 7, lateMB: 7, growth: 1 });
});
