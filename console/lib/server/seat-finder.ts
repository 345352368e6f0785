import type { D1Database } from '@cloudflare/workers-types';
import { parseSeatKey } from '$shared/seat-key.ts';
import { integer, text } from '$shared/sql.ts';
import type { Admin } from './restate-admin.ts';

/** More seats than this of one holder are not told apart on a map. */
const MOST = 2000;

/** What a seat's state is asked for. A version 0 seat calls its holder `holder`. */
const HOLDER = `coalesce(json_get_str(value_utf8, 'reservedBy'), json_get_str(value_utf8, 'holder'))`;

/** IDs of the event's seats that somebody holds or owns now. @throws UpstreamError */
export const seatsOfHolder = (admin: Admin, eventId: string, holder: string): Promise<string[]> =>
	seatsWhere(admin, eventId, `${HOLDER} = ${text(holder)}`);

/**
 * IDs of the event's seats that an order is about: those it holds or owns now, and those it asked
 * for. The order's ID is its checkout's invocation ID under another prefix.
 *
 * @throws UpstreamError
 */
export async function seatsOfOrder(
	{ admin, db }: { admin: Admin; db: D1Database },
	eventId: string,
	order: string
): Promise<string[]> {
	const checkout = order.replace(/^ord_/, 'inv_');
	const [now, asked] = await Promise.all([
		seatsWhere(
			admin,
			eventId,
			`(json_get_str(value_utf8, 'orderId') = ${text(order)}
				OR json_get_str(value_utf8, 'checkoutId') = ${text(checkout)})`
		),
		db
			.prepare('SELECT seats FROM orders WHERE id = ? AND event_id = ?')
			.bind(order, eventId)
			.first<{ seats: string }>()
	]);
	const keys = asked ? (JSON.parse(asked.seats) as string[]) : [];
	return [...new Set([...now, ...keys.flatMap((key) => parseSeatKey(key)?.seatId ?? [])])];
}

async function seatsWhere(admin: Admin, eventId: string, condition: string): Promise<string[]> {
	const prefix = `${eventId}:`;
	const rows = await admin.query<{ seat: string }>(
		`SELECT substr(service_key, ${integer(prefix.length + 1)}) AS seat FROM state
			WHERE service_name = 'Ticket' AND key = 'state' AND starts_with(service_key, ${text(prefix)})
				AND json_get_str(value_utf8, 'status') <> 'AVAILABLE' AND ${condition}
			LIMIT ${integer(MOST)}`
	);
	return rows.map(({ seat }) => seat);
}
