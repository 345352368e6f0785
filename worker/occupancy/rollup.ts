import { HELD, SERIES_KEPT_MS, SERIES_STEPS, SOLD } from '../../shared/occupancy.ts';
import type { OccupancyCounts, OccupancyFlow, SeriesPoint } from '../../shared/occupancy.ts';
import type { SeriesStep } from '../../shared/occupancy.ts';
import { KIND } from './transitions.ts';
import type { Kind, Move } from './transitions.ts';

/** What one reading adds to the series. */
export interface Sample {
	/** When the seats were read. */
	at: number;
	seats: number;
	/** Stored as held and as sold before `moves`. */
	before: { held: number; sold: number };
	/** As of `at`. */
	counts: OccupancyCounts;
	moves: readonly Move[];
}

export type StepPoint = SeriesPoint & { step: SeriesStep };

const FLOWS: Record<Kind, readonly (keyof OccupancyFlow)[]> = {
	[KIND.other]: [],
	[KIND.reserved]: ['reserved'],
	[KIND.confirmed]: ['confirmed'],
	[KIND.released]: ['released'],
	[KIND.expired]: ['expired'],
	[KIND.takeover]: ['expired', 'reserved']
};

/**
 * The points of every step that a sample touches. A transition counts in the step of its own time,
 * which may be over for long: the counts at the end of such a step follow from the moves until
 * then. Steps that are not kept any more are left out.
 */
export function rollUp(sample: Sample): StepPoint[] {
	const moves = sample.moves.toSorted((one, other) => one[0] - other[0]);
	return SERIES_STEPS.flatMap((step) => pointsOf(step, { ...sample, moves }));
}

function pointsOf(step: SeriesStep, { at, seats, before, counts, moves }: Sample): StepPoint[] {
	const points = new Map<number, StepPoint>();
	const stepOf = (time: number) => Math.floor(time / (step * 1_000)) * step * 1_000;
	const pointOf = (time: number): StepPoint => {
		const start = stepOf(time);
		const point = points.get(start) ?? {
			...{ step, at: start, available: 0, held: 0, sold: 0, overdue: 0 },
			...{ reserved: 0, confirmed: 0, released: 0, expired: 0 }
		};
		points.set(start, point);
		return point;
	};
	let { held, sold } = before;
	for (const [time, , from, to, kind] of moves) {
		held += Number(to === HELD) - Number(from === HELD);
		sold += Number(to === SOLD) - Number(from === SOLD);
		const point = pointOf(time);
		for (const flow of FLOWS[kind]) point[flow]++;
		Object.assign(point, { held, sold, available: seats - held - sold });
	}
	Object.assign(pointOf(at), counts);
	return [...points.values()].filter((point) => point.at >= at - SERIES_KEPT_MS[step]);
}
