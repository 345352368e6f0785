import type { D1Database } from '@cloudflare/workers-types';
import type { Invocation } from '../invocation.ts';
import type { ConcernedInvocation } from '../overview.ts';
import type { Admin } from './restate-admin.ts';
import { textList } from '$shared/sql.ts';

/**
 * Adds to each invocation the seats it is about. A Ticket's is its key. A checkout's are in its
 * order once it has ended, and before that on the seats that it holds.
 */
export async function withSeats(
	admin: Admin,
	db: D1Database,
	invocations: readonly Invocation[]
): Promise<ConcernedInvocation[]> {
	const ids = invocations.filter(({ service }) => service === 'Checkout').map(({ id }) => id);
	const [ordered, held] = await Promise.all([orderedSeats(db, ids), heldSeats(admin, ids)]);
	return invocations.map((invocation) => {
		const { id, service, key } = invocation;
		const own = service === 'Ticket' && key !== null ? [key] : undefined;
		return { ...invocation, seats: own ?? ordered.get(id) ?? held.get(id) ?? [] };
	});
}

async function orderedSeats(
	db: D1Database,
	ids: readonly string[]
): Promise<ReadonlyMap<string, string[]>> {
	if (ids.length === 0) return new Map();
	const marks = ids.map(() => '?').join(', ');
	const { results } = await db
		.prepare(`SELECT invocation_id AS id, seats FROM orders WHERE invocation_id IN (${marks})`)
		.bind(...ids)
		.all<{ id: string; seats: string }>();
	return new Map(results.map(({ id, seats }) => [id, JSON.parse(seats) as string[]]));
}

async function heldSeats(
	admin: Admin,
	ids: readonly string[]
): Promise<ReadonlyMap<string, string[]>> {
	if (ids.length === 0) return new Map();
	const rows = await admin.query<{ id: string; seat: string }>(
		`SELECT service_key AS seat, json_get_str(value_utf8, 'checkoutId') AS id FROM state
			WHERE service_name = 'Ticket' AND key = 'state'
				AND json_get_str(value_utf8, 'checkoutId') IN ${textList(ids)}`
	);
	const seats = new Map<string, string[]>();
	for (const { id, seat } of rows) seats.set(id, [...(seats.get(id) ?? []), seat]);
	return seats;
}
