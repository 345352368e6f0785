import type { D1Database } from '@cloudflare/workers-types';
import { parseSeatKey } from '$shared/seat-key.ts';
import type {
	EventSample,
	EventSummary,
	FailureScope,
	Overview,
	Work
} from '../overview/overview.ts';
import { FAILURE_WINDOW_MS } from '../overview/overview.ts';
import type { TrendRange, Trends } from '../overview/trend.ts';
import { PRESENT_MS, readSamples, readTrends } from './event-samples.ts';
import type { Sampled } from './event-samples.ts';
import { listEvents } from './events.ts';
import type { EventRow } from './events.ts';
import { lasting } from './lasting.ts';
import type { Lasting } from './lasting.ts';
import { readOrders } from './order-totals.ts';
import type { OrderReading } from './order-totals.ts';
import type { Admin } from './restate-admin.ts';
import { countSeats } from './seat-counts.ts';
import { byCost, singleFlight } from './single-flight.ts';
import { readFailuresByEvent } from './step-failures.ts';
import { readWork } from './work.ts';

const MAX_EVENTS = 500;
const FRESH_MS = 1500;
const TREND_FRESH_MS = 10_000;
const LOST_MS = 5000;

/** What D1 says. */
interface Stored {
	at: number;
	events: EventRow[];
	samples: Map<string, Sampled>;
	orders: OrderReading;
	failures: Awaited<ReturnType<typeof readFailuresByEvent>>;
}

/** What only Restate says. */
interface Asked {
	at: number;
	work: Work;
	/** The seats of events that were not sampled just now. */
	counted: Map<string, EventSample>;
}

/** Readings are an isolate's: however many viewers, each is taken once. */
let stored: (() => Promise<Stored>) | undefined;
const asked = new Map<FailureScope, () => Promise<Lasting<Asked>>>();
const trends = new Map<TrendRange, () => Promise<Trends>>();

/** What the overview shows. Never throws for Restate's sake: it says since when it is silent. */
export async function readOverview(
	admin: Admin,
	db: D1Database,
	scope: FailureScope
): Promise<Overview> {
	const [{ events, samples, orders, failures }, { value, outage }] = await Promise.all([
		readStored(db),
		askRestate(admin, db, scope)
	]);
	return {
		at: value?.at ?? null,
		stale: outage,
		events: events.map((event) =>
			summarise(event, {
				sampled: samples.get(event.id),
				counted: value?.counted.get(event.id),
				taken: orders.taken.get(event.id) ?? [],
				faults: failures.faults.get(event.id) ?? 0,
				stuck: value?.work.stuck
			})
		),
		orders: orders.totals,
		steps: failures.steps,
		work: value?.work ?? null
	};
}

/** How every event's occupancy went over a range. */
export function readAllTrends(db: D1Database, range: TrendRange): Promise<Trends> {
	let read = trends.get(range);
	if (!read) {
		read = singleFlight(() => readTrends(db, range, Date.now()), {
			freshMs: byCost(TREND_FRESH_MS),
			lostMs: LOST_MS
		});
		trends.set(range, read);
	}
	return read();
}

function readStored(db: D1Database): Promise<Stored> {
	stored ??= singleFlight(
		async () => {
			const at = Date.now();
			const [events, samples, orders, failures] = await Promise.all([
				listEvents(db, MAX_EVENTS),
				readSamples(db, at),
				readOrders(db, at),
				readFailuresByEvent(db, { from: at - FAILURE_WINDOW_MS, to: at })
			]);
			return { at, events, samples, orders, failures };
		},
		{ freshMs: byCost(FRESH_MS), lostMs: LOST_MS }
	);
	return stored();
}

function askRestate(admin: Admin, db: D1Database, scope: FailureScope): Promise<Lasting<Asked>> {
	let ask = asked.get(scope);
	if (!ask) {
		ask = lasting(async () => {
			const at = Date.now();
			const [work, counted] = await Promise.all([
				readWork(admin, db, scope),
				readStored(db).then((known) => countSeats(admin, unsampled(known), at))
			]);
			return { at, work, counted };
		}, byCost(FRESH_MS));
		asked.set(scope, ask);
	}
	return ask();
}

const unsampled = ({ at, events, samples }: Stored): EventRow[] =>
	events.filter(({ id }) => at - (samples.get(id)?.sample.at ?? 0) > PRESENT_MS);

interface Known {
	sampled: Sampled | undefined;
	counted: EventSample | undefined;
	taken: EventSummary['taken'];
	faults: number;
	stuck: Work['stuck'] | undefined;
}

/** Of what is known of an event's seats, the newest counts. */
function summarise(
	event: EventRow,
	{ sampled, counted, taken, faults, stuck }: Known
): EventSummary {
	const { id, name, seats, onSale, publishedAt } = event;
	const samples = [sampled?.sample, counted].filter((sample) => sample !== undefined);
	return {
		...{ id, name, seats, onSale, publishedAt, taken, faults },
		sample: samples.sort((a, b) => b.at - a.at)[0] ?? null,
		perMinute: sampled?.perMinute ?? null,
		stuck: stuck?.filter((invocation) => invocation.seats.some(isOf(id))).length ?? null
	};
}

const isOf =
	(event: string) =>
	(seat: string): boolean =>
		parseSeatKey(seat)?.eventId === event;
