import type { D1Database } from '@cloudflare/workers-types';
import { isOverdue } from '../shared/seat.ts';
import { migrateSeat } from '../shared/seat-history.ts';
import { diffVenues } from '../shared/seating-plan.ts';
import { text } from '../shared/sql.ts';
import type { Venue } from '../shared/venue.ts';
import { readLayout } from './catalog.ts';
import type { EventView } from './event.ts';
import { queryRestate } from './gateways/restate-admin.ts';

/** D1 holds at most 2 MB a value, and a character may take three bytes. */
const PART_LENGTH = 500_000;

/** Writes a revision's layout, then the event's row that points at it. */
export async function storeRevision(
	db: D1Database,
	event: EventView,
	venue: Venue,
	now: number
): Promise<void> {
	const body = JSON.stringify(venue);
	const parts = Array.from({ length: Math.ceil(body.length / PART_LENGTH) }, (_, part) =>
		db
			.prepare(
				'INSERT OR REPLACE INTO layouts (event_id, revision, part, body) VALUES (?, ?, ?, ?)'
			)
			.bind(
				event.id,
				event.revision,
				part,
				body.slice(part * PART_LENGTH, (part + 1) * PART_LENGTH)
			)
	);
	const row = db
		.prepare(
			`INSERT OR REPLACE INTO events
				(id, name, revision, currency, seats, on_sale, ticket_limit, published_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
		)
		.bind(
			event.id,
			event.name,
			event.revision,
			event.currency,
			event.seats,
			event.onSale ? 1 : 0,
			event.ticketLimit,
			now
		);
	await db.batch([...parts, row]);
}

/** What a plan takes away from the one that is sold from. */
export interface Drops {
	/** How many of its seats the next plan does not have. */
	seats: number;
	/** Those of them that are held or sold. */
	taken: string[];
}

/** Looks at what `next` would take away from the plan that an event is sold from. */
export async function lookAtDrops(db: D1Database, id: string, next: Venue): Promise<Drops> {
	const row = await db
		.prepare('SELECT revision FROM events WHERE id = ?')
		.bind(id)
		.first<{ revision: number }>();
	if (!row) return { seats: 0, taken: [] };
	const { removed } = diffVenues(await readLayout(id, row.revision), next);
	const taken = removed.length === 0 ? [] : await takenSeats(id, new Set(removed));
	return { seats: removed.length, taken };
}

/** Writes whether the event's seats may be reserved. */
export async function storeOnSale(db: D1Database, id: string, onSale: boolean): Promise<void> {
	await db
		.prepare('UPDATE events SET on_sale = ? WHERE id = ?')
		.bind(onSale ? 1 : 0, id)
		.run();
}

/** NULL columns are absent. */
interface TakenRow {
	service_key: string;
	status: string;
	checkout?: string;
	until?: number;
}

/** Those of the event's `seats` that are held or sold now, from the seats' own state. */
async function takenSeats(eventId: string, seats: ReadonlySet<string>): Promise<string[]> {
	const prefix = `${eventId}:`;
	const rows = await queryRestate<TakenRow>(
		`SELECT service_key, json_get_str(value_utf8, 'status') AS status,
				json_get_str(value_utf8, 'checkoutId') AS checkout,
				json_get_int(value_utf8, 'reservedUntil') AS until
			FROM state WHERE service_name = 'Ticket' AND key = 'state'
				AND starts_with(service_key, ${text(prefix)})`
	);
	const now = Date.now();
	return rows
		.filter(({ status, checkout, until }) => {
			const state = migrateSeat({ status, reservedUntil: until });
			// A checkout may still confirm a hold of its own that has lapsed.
			return checkout !== undefined || (state.status !== 'AVAILABLE' && !isOverdue(state, now));
		})
		.map(({ service_key }) => service_key.slice(prefix.length))
		.filter((seat) => seats.has(seat));
}
