import type { D1Database } from '@cloudflare/workers-types';
import type { InvocationFilter } from '../invocation-filter.ts';
import type { Admin } from './restate-admin.ts';
import { UpstreamError } from './upstream-error.ts';
import { invocationIdOf, orderIdOf } from '$shared/order.ts';
import { text } from '$shared/sql.ts';

/** A filter at one moment: what Restate cannot be asked for is looked up, `now` is fixed. */
export interface Selection {
	filter: InvocationFilter;
	now: number;
	/** One for each seat, user and order that the filter names. */
	concerns: Concern[];
	/** Whether every concern is whole: of a very busy buyer only the newest orders are taken. */
	complete: boolean;
	/** Whether a buyer is found by the whole of a name alone; see createOrders. */
	wholeNames?: boolean;
}

/** The invocations that concern something of the domain: any that one of these names. */
export interface Concern {
	ids: string[];
	/** Whose own calls are meant. */
	callers: string[];
	objects: { service: string; keys: string[] }[];
}

/** Orders taken of one user or one seat, the newest. */
const MAX_ORDERS = 500;

export interface Sources {
	admin: Admin;
	db: D1Database;
	/** Whether the reader may not see names, so that a part of one must not find it. */
	wholeNames?: boolean;
}

/** Looks up what a filter means just now. @throws UpstreamError */
export async function select(
	{ admin, db, wholeNames = false }: Sources,
	filter: InvocationFilter,
	now = Date.now()
): Promise<Selection> {
	const { seat, user, order } = filter;
	const found = await Promise.all([
		...(seat === null ? [] : [concernOfSeat(admin, db, seat)]),
		...(user === null ? [] : [concernOfUser(admin, db, user)]),
		...(order === null ? [] : [Promise.resolve(concernOfOrder(order))])
	]);
	return {
		filter,
		now,
		concerns: found,
		complete: found.every(({ ids }) => ids.length <= MAX_ORDERS),
		wholeNames
	};
}

/** A filter that names nothing of the domain, as the overview's. */
export function plainly(filter: InvocationFilter): Selection {
	if (filter.seat !== null || filter.user !== null || filter.order !== null)
		throw new TypeError('A filter by seat, user or order has to be looked up by select');
	return { filter, now: Date.now(), concerns: [], complete: true };
}

/** Orders are in D1 once they pay; before that, the seat itself knows the checkout that holds it. */
async function concernOfSeat(admin: Admin, db: D1Database, seat: string): Promise<Concern> {
	const [ordered, holders] = await Promise.all([
		checkoutsOf(
			db,
			`SELECT invocation_id AS id FROM order_seats JOIN orders ON orders.id = order_id
				WHERE seat = ? ORDER BY created_at DESC LIMIT ?`,
			seat
		),
		admin.query<{ id?: string }>(
			`SELECT json_get_str(value_utf8, 'checkoutId') AS id FROM state
				WHERE scope IS NULL AND service_name = 'Ticket' AND service_key = ${text(seat)}
				AND key = 'state' LIMIT 1`
		)
	]);
	const held = holders.flatMap(({ id }) => id ?? []);
	return {
		ids: unique([...held, ...ordered]),
		callers: [],
		objects: [{ service: 'Ticket', keys: [seat] }]
	};
}

/** As for a seat; before an order is in D1, the user's session knows it. */
async function concernOfUser(admin: Admin, db: D1Database, user: string): Promise<Concern> {
	const [ordered, sessions] = await Promise.all([
		checkoutsOf(
			db,
			`SELECT invocation_id AS id FROM orders WHERE user_id = ?
				ORDER BY updated_at DESC LIMIT ?`,
			user
		),
		admin.query<{ orderId?: string }>(
			`SELECT json_get_str(value_utf8, 'currentOrderId') AS "orderId" FROM state
				WHERE scope IS NULL AND service_name = 'UserSession' AND service_key = ${text(user)}
				AND key = 'session' LIMIT 1`
		)
	]);
	const current = sessions.flatMap(({ orderId }) => orderId ?? []).map(invocationIdOf);
	const ids = unique([...current, ...ordered]);
	const session = { service: 'UserSession', keys: [user] };
	const payments = { service: 'Payment', keys: ids.map(orderIdOf) };
	return { ids, callers: ids, objects: [session, payments] };
}

/** An order's ID is its checkout's under another prefix, so there is nothing to look up. */
function concernOfOrder(order: string): Concern {
	const id = invocationIdOf(order);
	return { ids: [id], callers: [id], objects: [{ service: 'Payment', keys: [order] }] };
}

/** One more than are taken tells that there are more. */
async function checkoutsOf(db: D1Database, sql: string, of: string): Promise<string[]> {
	try {
		const statement = db.prepare(sql).bind(of, MAX_ORDERS + 1);
		const { results } = await statement.all<{ id: string }>();
		return results.map(({ id }) => id);
	} catch (cause) {
		throw new UpstreamError('orders-unreadable', 'The order store (D1) cannot be read now', {
			status: 503,
			retryable: true,
			cause
		});
	}
}

const unique = (values: readonly string[]): string[] => [...new Set(values)];
