import type { D1Database } from '@cloudflare/workers-types';

/** A published event, as D1 knows it. */
export interface EventRow {
	id: string;
	name: string;
	revision: number;
	currency: string;
	seats: number;
	onSale: boolean;
	publishedAt: number;
}

const COLUMNS =
	'id, name, revision, currency, seats, on_sale AS onSale, published_at AS publishedAt';

type Stored = Omit<EventRow, 'onSale'> & { onSale: number };

const read = (row: Stored): EventRow => ({ ...row, onSale: row.onSale === 1 });

/** Published events, the newest first. */
export async function listEvents(db: D1Database, limit = 50): Promise<EventRow[]> {
	const statement = db.prepare(
		`SELECT ${COLUMNS} FROM events ORDER BY published_at DESC, id LIMIT ?`
	);
	const { results } = await statement.bind(limit).all<Stored>();
	return results.map(read);
}

/** One event, or undefined when it was never published. */
export async function findEvent(db: D1Database, id: string): Promise<EventRow | undefined> {
	const row = await db
		.prepare(`SELECT ${COLUMNS} FROM events WHERE id = ?`)
		.bind(id)
		.first<Stored>();
	return row ? read(row) : undefined;
}
