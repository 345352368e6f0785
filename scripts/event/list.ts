import { z } from 'zod';
import { queryRestate } from '../restate-sql.ts';
import type { Settings } from '../stack/settings.ts';
import { formatTable } from '../table.ts';

const QUERY = `SELECT value_utf8 FROM state
	WHERE service_name = 'Event' AND key = 'event' ORDER BY service_key`;

const storedEvent = z.object({
	id: z.string(),
	name: z.string(),
	currency: z.string(),
	revision: z.int(),
	seats: z.int(),
	onSale: z.boolean()
});

/** The published events, as lines of a table. */
export async function listEvents({ urls }: Settings): Promise<string[]> {
	const rows = await queryRestate(urls.admin, QUERY, z.object({ value_utf8: z.string() }));
	if (rows.length === 0) return ['No events yet: publish one with npm run event -- import'];
	const events = rows.map(({ value_utf8 }) => storedEvent.parse(JSON.parse(value_utf8)));
	return formatTable(
		['ID', 'Name', 'Seats', 'Revision', 'Currency', 'Sale'],
		events.map(({ id, name, seats, revision, currency, onSale }) => [
			id,
			name,
			seats,
			revision,
			currency,
			onSale ? 'on sale' : 'paused'
		])
	);
}
