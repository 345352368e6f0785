import type { D1Database } from '@cloudflare/workers-types';
import type { SeatCounts } from '../seat-map/picture.ts';
import { NO_FILTER } from '../invocation-filter.ts';
import type {
	CheckoutCounts,
	ConcernedInvocation,
	EventSummary,
	FailureScope,
	Overview
} from '../overview.ts';
import { withSeats } from './concerned-seats.ts';
import { listEvents } from './events.ts';
import type { EventRow } from './events.ts';
import { countInvocations, listInvocations } from './invocations.ts';
import { newestFailures } from './failures.ts';
import type { Admin } from './restate-admin.ts';
import { singleFlight } from './single-flight.ts';
import { integer } from '$shared/sql.ts';
import { UpstreamError } from './upstream-error.ts';

/** What only Restate knows. */
interface RestatePart {
	at: number;
	seats: Map<string, Omit<SeatCounts, 'available'>>;
	checkouts: CheckoutCounts;
	failures: ConcernedInvocation[];
	stuck: ConcernedInvocation[];
}

const FRESH_MS = 1500;
const LOST_MS = 5000;
const LISTED = 8;

/** The last reading that succeeded, so that an outage shows old numbers and their age. */
const lastGood = new Map<FailureScope, RestatePart>();
const readers = new Map<FailureScope, () => Promise<RestatePart>>();
let downSince: number | undefined;

/** What the overview shows. Never throws for Restate's sake: it says since when it is silent. */
export async function readOverview(
	admin: Admin,
	db: D1Database,
	scope: FailureScope
): Promise<Overview> {
	const [events, orders, { part, stale }] = await Promise.all([
		listEvents(db),
		countOrders(db),
		readRestate(admin, db, scope)
	]);
	return {
		at: part?.at ?? null,
		stale,
		events: events.map((event) => summarise(event, part)),
		checkouts: part?.checkouts ?? null,
		failures: part?.failures ?? null,
		stuck: part?.stuck ?? null,
		orders
	};
}

async function readRestate(
	admin: Admin,
	db: D1Database,
	scope: FailureScope
): Promise<{ part: RestatePart | undefined; stale: Overview['stale'] }> {
	let reader = readers.get(scope);
	if (!reader) {
		reader = singleFlight(() => readPart(admin, db, scope), { freshMs: FRESH_MS, lostMs: LOST_MS });
		readers.set(scope, reader);
	}
	try {
		const part = await reader();
		lastGood.set(scope, part);
		downSince = undefined;
		return { part, stale: null };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		const part = lastGood.get(scope);
		downSince ??= Date.now();
		return { part, stale: { since: part?.at ?? downSince, message: error.message } };
	}
}

async function readPart(admin: Admin, db: D1Database, scope: FailureScope): Promise<RestatePart> {
	const now = Date.now();
	const checkouts = { ...NO_FILTER, service: 'Checkout' };
	const [seats, counts, failures, stuck] = await Promise.all([
		admin.query<SeatCountRow>(seatCountQuery(now)),
		countInvocations(admin, checkouts),
		newestFailures(admin, scope, LISTED),
		listInvocations(admin, { ...NO_FILTER, statuses: ['backing-off', 'paused'] }, null)
	]);
	return {
		at: now,
		seats: readSeatCounts(seats),
		checkouts: counts,
		failures: await withSeats(admin, db, failures),
		stuck: await withSeats(admin, db, stuck.rows.slice(0, LISTED))
	};
}

export interface SeatCountRow {
	event: string;
	status: string;
	overdue: boolean;
	n: number;
}

/** Seats by event and stored status, of all events in one scan. */
export const seatCountQuery = (now: number): string =>
	`SELECT split_part(service_key, ':', 1) AS event,
			json_get_str(value_utf8, 'status') AS status,
			coalesce(json_get_int(value_utf8, 'reservedUntil') <= ${integer(now)}, false) AS overdue,
			count(*) AS n
		FROM state WHERE service_name = 'Ticket' AND key = 'state' GROUP BY 1, 2, 3`;

export function readSeatCounts(
	rows: readonly SeatCountRow[]
): Map<string, Omit<SeatCounts, 'available'>> {
	const events = new Map<string, { held: number; sold: number; overdue: number }>();
	for (const { event, status, overdue, n } of rows) {
		const counts = events.get(event) ?? { held: 0, sold: 0, overdue: 0 };
		if (status === 'SOLD') counts.sold += n;
		else if (status === 'RESERVED') counts[overdue ? 'overdue' : 'held'] += n;
		events.set(event, counts);
	}
	return events;
}

function summarise(event: EventRow, part: RestatePart | undefined): EventSummary {
	const { id, name, seats, onSale } = event;
	if (!part) return { id, name, seats, onSale, counts: null };
	const counts = part.seats.get(id) ?? { held: 0, sold: 0, overdue: 0 };
	// Seats that nobody ever touched have no state: they are what the plan has beyond the rest.
	const available = Math.max(seats - counts.held - counts.sold, 0);
	return { id, name, seats, onSale, counts: { ...counts, available } };
}

async function countOrders(db: D1Database): Promise<Overview['orders']> {
	const row = await db
		.prepare(
			`SELECT count(*) FILTER (WHERE status = 'CONFIRMED') AS confirmed,
				count(*) FILTER (WHERE status IN ('FAILED', 'CANCELLED')) AS unsuccessful,
				count(*) FILTER (WHERE status = 'CONFIRMED' AND email IS NOT NULL AND mail_id IS NULL)
					AS unmailed
			FROM orders`
		)
		.first<Overview['orders']>();
	return row ?? { confirmed: 0, unsuccessful: 0, unmailed: 0 };
}
