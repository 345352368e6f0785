import type { D1Database } from '@cloudflare/workers-types';
import { invocationIdOf } from '$shared/order.ts';
import { textList } from '$shared/sql.ts';
import { isCompleted } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import type { ConcernedInvocation } from '../overview/overview.ts';
import type { Admin } from './restate-admin.ts';

/**
 * Adds to each invocation the seats it is about. A Ticket's is its key. A checkout's, and those of
 * the payment it left behind, are in its order; before it pays, on the seats that it holds.
 */
export async function withSeats(
	admin: Admin,
	db: D1Database,
	invocations: readonly Invocation[]
): Promise<ConcernedInvocation[]> {
	const ordered = await orderedSeats(
		db,
		invocations.flatMap((invocation) => checkoutOf(invocation) ?? [])
	);
	// To find held seats is a scan of all seats: only where nothing else tells.
	const held = await heldSeats(
		admin,
		invocations
			.filter(({ service, status }) => service === 'Checkout' && !isCompleted(status))
			.flatMap(({ id }) => (ordered.has(id) ? [] : [id]))
	);
	return invocations.map((invocation) => {
		const { service, key } = invocation;
		const own = service === 'Ticket' && key !== null ? [key] : undefined;
		const checkout = checkoutOf(invocation) ?? '';
		return { ...invocation, seats: own ?? ordered.get(checkout) ?? held.get(checkout) ?? [] };
	});
}

/** The checkout that an invocation is, or works for. */
function checkoutOf({ id, service, key }: Invocation): string | undefined {
	if (service === 'Checkout') return id;
	return service === 'Payment' && key !== null ? invocationIdOf(key) : undefined;
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
