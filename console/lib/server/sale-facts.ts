import type { D1Database } from '@cloudflare/workers-types';
import { text } from '$shared/sql.ts';
import type { SaleFacts } from '../preview/sale.ts';
import { findEvent } from './events.ts';
import type { Admin } from './restate-admin.ts';

/** An event's sale with what is under way in it; undefined when there is no such event. */
export async function readSale(
	admin: Admin,
	db: D1Database,
	eventId: string
): Promise<SaleFacts | undefined> {
	const event = await findEvent(db, eventId);
	if (!event) return undefined;
	const [counts] = await admin.query<{ held: number; checkouts: number }>(
		`SELECT count(*) AS held,
			count(DISTINCT json_get_str(value_utf8, 'checkoutId')) AS checkouts FROM state
			WHERE service_name = 'Ticket' AND key = 'state'
				AND starts_with(service_key, ${text(`${eventId}:`)})
				AND json_get_str(value_utf8, 'status') = 'RESERVED'`
	);
	return {
		name: event.name,
		onSale: event.onSale,
		held: counts?.held ?? 0,
		checkouts: counts?.checkouts ?? 0
	};
}
