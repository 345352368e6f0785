import { integer, textList } from '$shared/sql.ts';
import type { EventSample } from '../overview/overview.ts';
import type { Admin } from './restate-admin.ts';

/**
 * Seats counted from the seats themselves, for events that nobody samples. It is a scan of every
 * seat there is, whichever events it is asked for.
 */

/** A hold past its time for this long is not about to be freed by its timer. */
const LAPSED_MS = 60_000;

export interface SeatCountRow {
	event: string;
	held: number;
	sold: number;
	overdue: number;
	lapsed: number;
}

export const seatCountQuery = (events: readonly string[], now: number): string =>
	`SELECT event, count(*) FILTER (WHERE status = 'SOLD') AS sold,
			count(*) FILTER (WHERE status = 'RESERVED' AND until > ${integer(now)}) AS held,
			count(*) FILTER (WHERE status = 'RESERVED' AND until <= ${integer(now)}) AS overdue,
			count(*) FILTER (WHERE status = 'RESERVED' AND until <= ${integer(now - LAPSED_MS)}) AS lapsed
		FROM (SELECT split_part(service_key, ':', 1) AS event,
				json_get_str(value_utf8, 'status') AS status,
				json_get_int(value_utf8, 'reservedUntil') AS until
			FROM state WHERE service_name = 'Ticket' AND key = 'state')
		WHERE event IN ${textList(events)} GROUP BY event`;

/** Counts the seats of some events. @throws UpstreamError */
export async function countSeats(
	admin: Admin,
	events: readonly { id: string; seats: number }[],
	now: number
): Promise<Map<string, EventSample>> {
	if (events.length === 0) return new Map();
	const ids = events.map(({ id }) => id);
	const rows = await admin.query<SeatCountRow>(seatCountQuery(ids, now));
	const byEvent = new Map(rows.map((row) => [row.event, row]));
	return new Map(events.map(({ id, seats }) => [id, sampleOf(seats, byEvent.get(id), now)]));
}

/** Seats that nobody ever touched have no state: they are what the plan has beyond the rest. */
export function sampleOf(seats: number, row: SeatCountRow | undefined, at: number): EventSample {
	const { held = 0, sold = 0, overdue = 0, lapsed = 0 } = row ?? {};
	return {
		at,
		counts: { available: Math.max(seats - held - sold, 0), held, sold, overdue },
		lapsed
	};
}
