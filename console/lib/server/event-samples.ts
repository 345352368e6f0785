import type { D1Database } from '@cloudflare/workers-types';
import type { SeriesPoint } from '$shared/occupancy.ts';
import type { EventSample, SaleRate } from '../overview/overview.ts';
import { TREND_SCALES } from '../overview/trend.ts';
import type { TrendPoint, TrendRange, Trends } from '../overview/trend.ts';

/** What the durable series of the events' occupancy says of all events at once. */

const STEP_MS = 10_000;
const MINUTE_MS = 60_000;
/** Samples this old still tell of the last minutes: of an event at rest there is one a minute. */
const RECENT_MS = 130_000;
/** An older sample is not the event's present: its seats may have changed since. */
export const PRESENT_MS = 20_000;

export type SampleRow = { event: string } & Omit<SeriesPoint, 'released' | 'expired'>;

/** An event's newest sample, and its rate where the last minute was sampled. */
export interface Sampled {
	sample: EventSample;
	perMinute: SaleRate | null;
}

const COLUMNS = `e.id AS event, s.at, s.available, s.held, s.sold, s.overdue, s.reserved, s.confirmed`;

/**
 * The last samples of every event, and of each the newest there is. The join begins at
 * the events, so that each is one seek in the series.
 */
export async function readSamples(db: D1Database, now: number): Promise<Map<string, Sampled>> {
	const [recent, last] = await db.batch<SampleRow>([
		db
			.prepare(
				`SELECT ${COLUMNS} FROM events e CROSS JOIN occupancy_series s
					WHERE s.event_id = e.id AND s.step = 10 AND s.at > ? ORDER BY e.id, s.at`
			)
			.bind(now - RECENT_MS),
		db.prepare(
			`SELECT ${COLUMNS} FROM events e CROSS JOIN occupancy_series s
				WHERE s.event_id = e.id AND s.step = 60 AND s.at =
					(SELECT max(at) FROM occupancy_series WHERE event_id = e.id AND step = 60)`
		)
	]);
	const samples = new Map(
		(last?.results ?? []).map((row) => [row.event, { sample: sampleOf([row]), perMinute: null }])
	);
	const byEvent = Map.groupBy(recent?.results ?? [], ({ event }) => event);
	return new Map<string, Sampled>([
		...samples,
		...[...byEvent].map(([event, rows]) => [event, readSample(rows)] as const)
	]);
}

/** Reads an event's last samples, oldest first; there is at least one. */
export const readSample = (rows: readonly SampleRow[]): Sampled => ({
	sample: sampleOf(rows),
	perMinute: rateOf(rows)
});

function sampleOf(rows: readonly SampleRow[]): EventSample {
	const last = rows.at(-1);
	if (!last) throw new RangeError('An event that nobody sampled has no sample');
	const { at, available, held, sold, overdue } = last;
	// The expiry timer frees a hold some moments after its time, so one sample tells nothing.
	const lapsed = spans(rows) ? Math.min(...rows.map((row) => row.overdue)) : 0;
	return { at, counts: { available, held, sold, overdue }, lapsed };
}

const spans = (rows: readonly SampleRow[]): boolean =>
	(rows.at(-1)?.at ?? 0) - (rows[0]?.at ?? 0) >= MINUTE_MS - STEP_MS;

/** The newest step may still be under way, so the minute is that of the six before it. */
function rateOf(rows: readonly SampleRow[]): SaleRate {
	const end = rows.at(-1)?.at ?? 0;
	const minute = rows.filter(({ at }) => at >= end - MINUTE_MS && at < end);
	return {
		reserved: minute.reduce((sum, { reserved }) => sum + reserved, 0),
		sold: minute.reduce((sum, { confirmed }) => sum + confirmed, 0)
	};
}

/** How every event's occupancy went: of each bucket of the range, its last point. */
export async function readTrends(db: D1Database, range: TrendRange, now: number): Promise<Trends> {
	const { ms, step, bucketMs } = TREND_SCALES[range];
	const { results } = await db
		.prepare(
			`SELECT e.id AS event, max(s.at) AS at, s.held, s.sold
				FROM events e CROSS JOIN occupancy_series s
				WHERE s.event_id = e.id AND s.step = ? AND s.at >= ?
				GROUP BY e.id, s.at / ? ORDER BY e.id, at`
		)
		.bind(step, now - ms, bucketMs)
		.all<{ event: string; at: number; held: number; sold: number }>();
	const events: Record<string, TrendPoint[]> = {};
	for (const { event, at, held, sold } of results) (events[event] ??= []).push([at, held, sold]);
	return { from: now - ms, to: now, events };
}
