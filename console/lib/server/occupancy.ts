import type { D1Database } from '@cloudflare/workers-types';
import { migrateSeat } from '$shared/seat-history.ts';
import { isOverdue } from '$shared/seat.ts';
import { HELD, OVERDUE, SOLD, emptyPicture } from '../seat-map/picture.ts';
import type { SeatPicture } from '../seat-map/picture.ts';
import { findEvent } from './events.ts';
import type { Admin } from './restate-admin.ts';
import { singleFlight } from './single-flight.ts';
import { text } from '$shared/sql.ts';
import { seatIndex } from './venues.ts';
import type { SeatIndex } from './venues.ts';

/** Every seat of one event at one moment. */
export interface Occupancy {
	at: number;
	revision: number;
	onSale: boolean;
	picture: SeatPicture;
}

/** One row of the scan: a seat that is stored as held or sold. NULL columns are absent. */
export interface SeatRow {
	seat: string;
	status: string;
	holder?: string;
	until?: number;
}

/** However many viewers, an isolate scans an event this often. */
const FRESH_MS = 900;
const LOST_MS = 5000;
const MAX_EVENTS = 16;

const readers = new Map<string, () => Promise<Occupancy | undefined>>();

/**
 * The event's seats, at most a second old and shared by whoever asks within that second, or
 * undefined when there is no such event.
 *
 * @throws UpstreamError when Restate cannot be read
 */
export function readOccupancy(
	admin: Admin,
	db: D1Database,
	eventId: string
): Promise<Occupancy | undefined> {
	let reader = readers.get(eventId);
	if (!reader) {
		reader = singleFlight(() => scan(admin, db, eventId), { freshMs: FRESH_MS, lostMs: LOST_MS });
		const [oldest] = readers.keys();
		if (readers.size >= MAX_EVENTS && oldest !== undefined) readers.delete(oldest);
		readers.set(eventId, reader);
	}
	return reader();
}

async function scan(admin: Admin, db: D1Database, eventId: string): Promise<Occupancy | undefined> {
	const event = await findEvent(db, eventId);
	if (!event) return undefined;
	const [index, rows] = await Promise.all([
		seatIndex(db, eventId, event.revision),
		admin.query<SeatRow>(scanQuery(eventId))
	]);
	const at = Date.now();
	return { at, revision: event.revision, onSale: event.onSale, picture: draw(index, rows, at) };
}

/**
 * The seats of an event that are stored as held or sold. A seat that nobody ever touched has no
 * state, so what is missing is available. Only the fields the picture needs leave the server;
 * `holder` is what the original specification called `reservedBy`.
 */
export function scanQuery(eventId: string): string {
	const prefix = `${eventId}:`;
	return `SELECT substr(service_key, ${prefix.length + 1}) AS seat,
			json_get_str(value_utf8, 'status') AS status,
			coalesce(json_get_str(value_utf8, 'reservedBy'), json_get_str(value_utf8, 'holder')) AS holder,
			json_get_int(value_utf8, 'reservedUntil') AS until
		FROM state
		WHERE service_name = 'Ticket' AND key = 'state' AND starts_with(service_key, ${text(prefix)})
			AND json_get_str(value_utf8, 'status') <> 'AVAILABLE'`;
}

/** Puts the rows of a scan into the plan's order. Seats the plan does not have are left out. */
export function draw(index: SeatIndex, rows: readonly SeatRow[], now: number): SeatPicture {
	const picture = emptyPicture(index.ids.length);
	for (const { seat, status, holder, until } of rows) {
		const position = index.indexOf.get(seat);
		if (position === undefined) continue;
		const state = migrateSeat({ status, reservedBy: holder, reservedUntil: until });
		if (state.status === 'AVAILABLE') continue;
		picture.codes[position] =
			state.status === 'SOLD' ? SOLD : isOverdue(state, now) ? OVERDUE : HELD;
		picture.holders[position] = state.reservedBy;
		picture.untils[position] = state.reservedUntil ?? 0;
	}
	return picture;
}
