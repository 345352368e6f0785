import { SETTLED_MS } from './shelf.ts';

/** How fast the past plays, against the clock. */
export const SPEEDS = [1, 10, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/** The moment so much later, or null once that is the present. */
export function advance(moment: number, byMs: number, now: number): number | null {
	const next = moment + byMs;
	return next >= now - SETTLED_MS ? null : next;
}
