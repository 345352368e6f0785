import { describe, expect, it } from 'vitest';
import {
	presetReaching,
	printRange,
	RANGE_PRESETS,
	readMoment,
	readRange,
	spanOf,
	stepOf
} from './chart-range.ts';
import type { ChartRange } from './chart-range.ts';

const NOW = Date.UTC(2026, 10, 22, 17);
const HOUR = 3_600_000;

const reread = (range: ChartRange): ChartRange => {
	const shown = Object.entries(printRange(range)).filter(([, value]) => value !== null);
	return readRange(new URLSearchParams(shown as [string, string][]), null, NOW);
};

describe('readRange', () => {
	it('reads what printRange wrote', () => {
		for (const preset of RANGE_PRESETS) expect(reread({ preset })).toEqual({ preset });
		const custom = { preset: null, from: NOW - HOUR, to: NOW - 60_500 };
		expect(reread(custom)).toEqual(custom);
	});

	it.each([
		'range=2y',
		'from=yesterday&to=now',
		'from=5',
		`from=${NOW}&to=${NOW - HOUR}`,
		`from=${NOW}&to=${NOW + 100}`,
		`from=0&to=${NOW}`
	])('takes the default for %s', (query) => {
		expect(readRange(new URLSearchParams(query), null, NOW)).toEqual({ preset: '10m' });
	});

	it('shows the moment that the page looks at, unless it is told what to show', () => {
		const at = NOW - 2 * HOUR;
		expect(readRange(new URLSearchParams(), at, NOW)).toEqual({ preset: '3h' });
		expect(readRange(new URLSearchParams('range=1h'), at, NOW)).toEqual({ preset: '1h' });
	});
});

it.each([
	['1700000000000', 1_700_000_000_000],
	['2026-11-22T17:00:00Z', NOW],
	['', null],
	['soon', null],
	[null, null]
])('readMoment reads %s', (text, ms) => {
	expect(readMoment(text)).toBe(ms);
});

it.each([
	['10m', 1],
	['1h', 10],
	['3h', 10],
	['24h', 60],
	['3d', 60]
] as const)('the last %s come in steps of %i s', (preset, step) => {
	expect(stepOf(spanOf({ preset }, NOW), NOW + 200)).toBe(step);
});

it('a range long ago comes in the step that is still kept, however short it is', () => {
	expect(stepOf({ from: NOW - 2 * HOUR, to: NOW - 2 * HOUR + 60_000 }, NOW)).toBe(10);
});

it('presetReaching finds the shortest preset that shows a moment', () => {
	expect(presetReaching(NOW - 60_000, NOW)).toBe('10m');
	expect(presetReaching(NOW - 2 * HOUR, NOW)).toBe('3h');
	expect(presetReaching(NOW - 999 * HOUR, NOW)).toBe('3d');
});
