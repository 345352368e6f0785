import type { D1Database } from '@cloudflare/workers-types';
import { SERIES_KEPT_MS, SERIES_STEPS } from '../../shared/occupancy.ts';
import type { OccupancySeries, SeriesPoint, SeriesStep } from '../../shared/occupancy.ts';

interface SeriesRange {
	from: number;
	to: number;
	step?: SeriesStep | undefined;
}

/** More points than a chart can tell apart; as many as the coarsest step keeps. */
const MAX_POINTS = 5_000;

/** The finest step that is kept for all of the range, in no more points than a chart can show. */
function stepFor({ from, to }: SeriesRange, now: number): SeriesStep {
	const fits = (step: SeriesStep) =>
		from >= now - SERIES_KEPT_MS[step] && to - from <= MAX_POINTS * step * 1_000;
	return SERIES_STEPS.find(fits) ?? 60;
}

/** The series of a range, in the step asked for or the one that suits it. */
export async function readSeries(
	db: D1Database,
	eventId: string,
	range: SeriesRange
): Promise<OccupancySeries> {
	const step = range.step ?? stepFor(range, Date.now());
	const { results } = await db
		.prepare(
			`SELECT at, available, held, sold, overdue, reserved, confirmed, released, expired
			FROM occupancy_series WHERE event_id = ? AND step = ? AND at > ? AND at <= ?
			ORDER BY at DESC LIMIT ?`
		)
		.bind(eventId, step, range.from - step * 1_000, range.to, MAX_POINTS)
		.all<SeriesPoint>();
	return { step, points: results.reverse() };
}
