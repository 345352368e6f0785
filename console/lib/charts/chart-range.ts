import { SERIES_KEPT_MS, SERIES_STEPS } from '$shared/occupancy.ts';
import type { SeriesStep } from '$shared/occupancy.ts';

/** Which stretch of time the charts show: the last so long, or from one moment to another. */

export const RANGE_PRESETS = ['10m', '1h', '3h', '24h', '3d'] as const;
export type RangePreset = (typeof RANGE_PRESETS)[number];

export const PRESET_MS: Record<RangePreset, number> = {
	'10m': 10 * 60_000,
	'1h': 3_600_000,
	'3h': 3 * 3_600_000,
	'24h': 24 * 3_600_000,
	'3d': 3 * 24 * 3_600_000
};

export type ChartRange = { preset: RangePreset } | { preset: null; from: number; to: number };

/** A stretch of time, ms since the epoch. */
export interface Span {
	from: number;
	to: number;
}

const DEFAULT: RangePreset = '10m';
/** Shorter than this shows nothing. */
const MIN_MS = 10_000;
const MAX_MS = PRESET_MS['3d'];

/**
 * Reads `range=`, or `from=` and `to=` as times. What cannot be read is the default, or what shows
 * the moment that the page looks at.
 */
export function readRange(params: URLSearchParams, at: number | null, now: number): ChartRange {
	const preset = RANGE_PRESETS.find((each) => each === params.get('range'));
	if (preset) return { preset };
	const [from, to] = [readMoment(params.get('from')), readMoment(params.get('to'))];
	if (from === null || to === null || to - from < MIN_MS || to - from > MAX_MS)
		return { preset: at === null ? DEFAULT : presetReaching(at, now) };
	return { preset: null, from, to };
}

/** The URL parameters of a range, those of others cleared; the default has none. */
export const printRange = (range: ChartRange): Record<'range' | 'from' | 'to', string | null> => ({
	range: range.preset === DEFAULT ? null : range.preset,
	from: range.preset === null ? printMoment(range.from) : null,
	to: range.preset === null ? printMoment(range.to) : null
});

/** A moment in a URL: an ISO time, or ms since the epoch. */
export function readMoment(text: string | null): number | null {
	if (text === null || text.trim() === '') return null;
	const ms = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text);
	return Number.isNaN(ms) || ms < 0 || ms > 8.64e15 ? null : ms;
}

export const printMoment = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** Where a range lies now. */
export const spanOf = (range: ChartRange, now: number): Span =>
	range.preset === null
		? { from: range.from, to: range.to }
		: { from: now - PRESET_MS[range.preset], to: now };

/** The finest step whose points are still kept at the beginning of a span. */
export function stepOf({ from }: Span, now: number): SeriesStep {
	const age = now - from;
	// A preset of exactly the time kept lies a moment beyond it when the answer is made.
	return SERIES_STEPS.find((step) => age <= SERIES_KEPT_MS[step] + 1000) ?? 60;
}

/** The shortest preset that reaches back to a moment. */
export const presetReaching = (at: number, now: number): RangePreset =>
	RANGE_PRESETS.find((preset) => now - at < PRESET_MS[preset]) ?? '3d';
