import type { OccupancyCounts, OccupancyFlow, SeriesPoint, SeriesStep } from '$shared/occupancy.ts';
import type { Span } from './chart-range.ts';

/**
 * A series on an even grid, as the charts draw it: counts hold until the next point, and flows
 * add up. Buckets are whole steps wide and lie at multiples of their width, so that a bucket's
 * value does not change as the window moves on.
 */
export interface Bucket {
	/** When it begins and ends, ms since the epoch. */
	from: number;
	to: number;
	/** At its end; null before the first point. */
	counts: OccupancyCounts | null;
	flow: OccupancyFlow;
}

const NO_FLOW: OccupancyFlow = { reserved: 0, confirmed: 0, released: 0, expired: 0 };

/** At most `max` buckets of what lies in `span`, up to the newest point. */
export function resample(
	points: readonly SeriesPoint[],
	step: SeriesStep,
	{ from, to }: Span,
	max: number
): Bucket[] {
	const last = points.at(-1);
	if (!last) return [];
	const stepMs = step * 1000;
	const width = Math.max(1, Math.ceil((to - from) / stepMs / max)) * stepMs;
	const end = Math.min(to, last.at + stepMs);
	const buckets: Bucket[] = [];
	let next = 0;
	let counts: OccupancyCounts | null = null;
	for (; next < points.length && (points[next]?.at ?? 0) < alignDown(from, width); next++)
		counts = countsOf(points[next]);
	for (let start = alignDown(from, width); start < end; start += width) {
		let flow = NO_FLOW;
		for (; next < points.length; next++) {
			const point = points[next];
			if (!point || point.at >= start + width) break;
			counts = countsOf(point);
			flow = add(flow, point);
		}
		buckets.push({ from: start, to: start + width, counts, flow });
	}
	return buckets;
}

const alignDown = (at: number, width: number): number => Math.floor(at / width) * width;

function countsOf(point: SeriesPoint | undefined): OccupancyCounts | null {
	if (!point) return null;
	const { available, held, sold, overdue } = point;
	return { available, held, sold, overdue };
}

const add = (one: OccupancyFlow, other: OccupancyFlow): OccupancyFlow => ({
	reserved: one.reserved + other.reserved,
	confirmed: one.confirmed + other.confirmed,
	released: one.released + other.released,
	expired: one.expired + other.expired
});

/** Seats per second in a bucket. */
export const ratesOf = ({ from, to, flow }: Bucket): OccupancyFlow => {
	const seconds = (to - from) / 1000;
	return {
		reserved: flow.reserved / seconds,
		confirmed: flow.confirmed / seconds,
		released: flow.released / seconds,
		expired: flow.expired / seconds
	};
};

/** The bucket that a moment lies in, or the nearest one; undefined where there is none. */
export function bucketAt(buckets: readonly Bucket[], at: number): Bucket | undefined {
	const [first] = buckets;
	if (!first) return undefined;
	const index = Math.floor((at - first.from) / (first.to - first.from));
	return buckets[Math.min(Math.max(index, 0), buckets.length - 1)];
}

/** Adds points to others, both oldest first; a newer reading of a step replaces the older. */
export function mergePoints(
	old: readonly SeriesPoint[],
	fresh: readonly SeriesPoint[],
	from: number
): SeriesPoint[] {
	const begins = fresh[0]?.at ?? Infinity;
	const ends = fresh.at(-1)?.at ?? -Infinity;
	const kept = old.filter(({ at }) => at >= from && (at < begins || at > ends));
	return [...kept, ...fresh.filter(({ at }) => at >= from)].sort((a, b) => a.at - b.at);
}

export const totalFlow = (buckets: readonly Bucket[]): OccupancyFlow =>
	buckets.reduce((sum, { flow }) => add(sum, flow), NO_FLOW);
