import { expect, test } from 'vitest';
import { useOf } from './catalog-freshness.ts';

const NOW = 1_000_000;

test.each([
	['just read', 0, Infinity, Infinity, 'use'],
	['read a second ago', 1_000, Infinity, Infinity, 'refresh'],
	['read a second ago, and asked for just now', 1_500, 10, Infinity, 'use'],
	['as old as may be without waiting', 1_999, 1_200, Infinity, 'refresh'],
	['too old', 2_000, 1_500, Infinity, 'ask'],
	['an hour old', 3_600_000, Infinity, Infinity, 'ask'],
	['an hour old, and somebody asked just now', 3_600_000, 5, Infinity, 'follow'],
	['an hour old, and whoever asked is gone', 3_600_000, 1_000, Infinity, 'ask'],
	['an hour old, and D1 just failed', 3_600_000, 300, 300, 'use'],
	['an hour old, and D1 failed a while ago', 3_600_000, 1_000, 4_999, 'refresh'],
	['an hour old, and D1 failed long ago', 3_600_000, 6_000, 5_000, 'ask']
] as const)('%s', (_, read, asked, failed, expected) => {
	const known = { readAt: NOW - read, askedAt: NOW - asked, failedAt: NOW - failed };
	expect(useOf(known, NOW)).toBe(expected);
});
