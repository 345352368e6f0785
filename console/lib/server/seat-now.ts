import { migrateSeat, viewSeat } from '$shared/seat-history.ts';
import type { SeatView } from '$shared/seat-history.ts';
import { text } from '$shared/sql.ts';
import type { Admin } from './restate-admin.ts';

/** The stored state of one seat. `scope IS NULL` lets Restate read one partition. */
const stateQuery = (key: string): string =>
	`SELECT value_utf8 AS state FROM state WHERE scope IS NULL
		AND service_name = 'Ticket' AND service_key = ${text(key)} AND key = 'state'`;

/**
 * A seat as it is stored, for a glance: one point read, and no call to the service. A seat that
 * nobody ever touched has no state and is available.
 *
 * @throws UpstreamError when Restate cannot be read
 */
export async function readSeatNow(admin: Admin, key: string): Promise<SeatView> {
	const [row] = await admin.query<{ state?: string }>(stateQuery(key));
	const stored: unknown = row?.state === undefined ? undefined : JSON.parse(row.state);
	return viewSeat(key, migrateSeat(stored), Date.now());
}
