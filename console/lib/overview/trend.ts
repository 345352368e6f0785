/**
 * How an event's occupancy went: a few points over a range, enough for a line of some hundred
 * pixels. Which step of the series they come from follows from the range.
 */
import type { SeriesStep } from '$shared/occupancy.ts';

export const TREND_RANGES = ['10m', '1h', '24h', '3d'] as const;
export type TrendRange = (typeof TREND_RANGES)[number];

interface TrendScale {
	label: string;
	ms: number;
	/** The step of the series that is read. */
	step: SeriesStep;
	/** Points within this are one. */
	bucketMs: number;
}

export const TREND_SCALES: Record<TrendRange, TrendScale> = {
	'10m': { label: '10m', ms: 600_000, step: 10, bucketMs: 10_000 },
	'1h': { label: '1h', ms: 3_600_000, step: 60, bucketMs: 60_000 },
	'24h': { label: '24h', ms: 24 * 3_600_000, step: 60, bucketMs: 20 * 60_000 },
	'3d': { label: '3d', ms: 3 * 24 * 3_600_000, step: 60, bucketMs: 3_600_000 }
};

/** The range a URL asks for; anything it does not know is the last hour. */
export const readTrendRange = (params: URLSearchParams): TrendRange =>
	TREND_RANGES.find((range) => range === params.get('range')) ?? '1h';

export type TrendPoint = [at: number, held: number, sold: number];

/** The trends of all events, by event ID, oldest point first. */
export interface Trends {
	from: number;
	to: number;
	events: Record<string, TrendPoint[]>;
}

/** A picture 100 units wide and 100 high, a full house at the top. */
export interface TrendPicture {
	sold: string;
	/** From the sold seats up to those sold or held. */
	held: string;
}

/** The areas of a trend as SVG paths, or undefined of fewer than two points. */
export function drawTrend(
	points: readonly TrendPoint[],
	{ from, to, seats }: { from: number; to: number; seats: number }
): TrendPicture | undefined {
	const [first] = points;
	const last = points.at(-1);
	if (!first || !last || first === last || to <= from || seats <= 0) return undefined;
	const x = (at: number) => round(Math.min(Math.max((at - from) / (to - from), 0), 1) * 100);
	const y = (count: number) => round((1 - Math.min(count / seats, 1)) * 100);
	const sold = points.map(([at, , sold]) => `${x(at)} ${y(sold)}`);
	const taken = points.map(([at, held, sold]) => `${x(at)} ${y(held + sold)}`);
	return {
		sold: `M${x(first[0])} 100L${sold.join('L')}L${x(last[0])} 100Z`,
		held: `M${taken.join('L')}L${sold.reverse().join('L')}Z`
	};
}

const round = (value: number): number => Math.round(value * 10) / 10;
