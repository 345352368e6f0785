import { z } from 'zod';
import type { InvocationRecord, PlanRecord, SeatRecord, World } from '../../shared/integrity.ts';
import type { Venue } from '../../shared/venue.ts';
import { queryRestate } from '../restate-sql.ts';
import { queryD1 } from '../stack/d1.ts';
import type { Settings } from '../stack/settings.ts';
import { readLedger } from './ledger.ts';
import { movedSeats, readPicture } from './pictures.ts';

/**
 * Reads the world that the invariants are about, each part from where it is stored. What is at
 * work is read first: an order that ends while the rest is read was still under way.
 */
export async function gatherWorld({ urls, dataDir }: Settings): Promise<World> {
	const invocations = await readInvocations(urls.admin);
	const plans = readPlans(dataDir);
	const before = await readSeats(urls.admin);
	const shown = await Promise.all(plans.map((plan) => readPicture(urls.ingress, plan)));
	const [seats, ledger] = await Promise.all([readSeats(urls.admin), readLedger(urls.sandbox)]);
	const moved = movedSeats(before, seats);
	return {
		...{ now: Date.now(), invocations, seats, orders: readOrders(dataDir), plans, ...ledger },
		pictures: shown.map((picture) => ({ ...picture, moved }))
	};
}

const invocationRow = z.object({
	id: z.string(),
	target_service_name: z.string(),
	target_service_key: z.string().optional(),
	status: z.string(),
	invoked_by_id: z.string().optional()
});

/** What has not ended; timers that are yet to fire are no work. */
export async function readInvocations(adminUrl: string): Promise<InvocationRecord[]> {
	const rows = await queryRestate(
		adminUrl,
		`SELECT id, target_service_name, target_service_key, status, invoked_by_id
		FROM sys_invocation_status WHERE status NOT IN ('completed', 'scheduled')`,
		invocationRow
	);
	return rows.map((row) => ({
		id: row.id,
		service: row.target_service_name,
		key: row.target_service_key ?? null,
		status: row.status,
		invokedBy: row.invoked_by_id ?? null
	}));
}

/** Every version of the stored seat has these, or means null by leaving them out. */
const storedSeat = z.object({
	status: z.string(),
	reservedBy: z.string().nullable().default(null),
	reservedUntil: z.number().nullable().default(null),
	checkoutId: z.string().nullable().default(null),
	orderId: z.string().nullable().default(null),
	epoch: z.number().default(0)
});

type StoredSeat = SeatRecord & { epoch: number };

async function readSeats(adminUrl: string): Promise<StoredSeat[]> {
	const rows = await queryRestate(
		adminUrl,
		`SELECT service_key, value_utf8 FROM state WHERE service_name = 'Ticket' AND key = 'state'`,
		z.object({ service_key: z.string(), value_utf8: z.string() })
	);
	return rows.map(({ service_key: key, value_utf8: value }) => ({
		key,
		...storedSeat.parse(JSON.parse(value))
	}));
}

interface OrderRow {
	id: string;
	invocation_id: string;
	email: string | null;
	seats: string;
	amount: number;
	status: string;
	updated_at: number;
}

const readOrders = (dataDir: string): World['orders'] =>
	queryD1<OrderRow>(
		dataDir,
		'SELECT id, invocation_id, email, seats, amount, status, updated_at FROM orders'
	).map((row) => ({
		id: row.id,
		invocationId: row.invocation_id,
		email: row.email,
		seats: JSON.parse(row.seats) as string[],
		amount: row.amount,
		status: row.status,
		updatedAt: row.updated_at
	}));

function readPlans(dataDir: string): PlanRecord[] {
	const parts = queryD1<{ id: string; revision: number; seats: number; body: string }>(
		dataDir,
		`SELECT events.id, events.revision, events.seats, layouts.body FROM events JOIN layouts
		ON layouts.event_id = events.id AND layouts.revision = events.revision
		ORDER BY events.id, layouts.part`
	);
	return [...Map.groupBy(parts, ({ id }) => id)].map(([eventId, rows]) => {
		const venue = JSON.parse(rows.map(({ body }) => body).join('')) as Venue;
		const seats = venue.seats.map(([seatId]) => `${eventId}:${seatId}`);
		const { revision = 0, seats: capacity = 0 } = rows[0] ?? {};
		return { eventId, revision, capacity, seats };
	});
}
