import { clockTime, exact } from '../format.ts';
import type { Zone } from '../format.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances that a clock reads well. */
const STEPS = [
	...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
	...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
	...[1, 2, 3, 6, 12].map((n) => n * HOUR),
	DAY
];

/** Moments to label on a time axis: round ones, at most `max` of them. */
export function timeTicks(from: number, to: number, max: number): number[] {
	const step = STEPS.find((each) => (to - from) / each <= max) ?? DAY;
	const ticks: number[] = [];
	for (let at = Math.ceil(from / step) * step; at <= to; at += step) ticks.push(at);
	return ticks;
}

/** A tick's label: as exact as the ticks are close. */
export function tickLabel(at: number, span: number, zone: Zone): string {
	if (span > DAY) return exact(at, zone).slice(5, 16);
	const clock = clockTime(at, zone);
	return span > 5 * MINUTE ? clock.slice(0, 5) : clock;
}
