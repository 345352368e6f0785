import type { D1Database } from '@cloudflare/workers-types';
import type { OrderRow } from '../order.ts';
import { ORDER_COLUMNS } from './order-sql.ts';
import type { Statement } from './order-sql.ts';
import { presentOrder } from './orders.ts';
import type { StoredOrder } from './orders.ts';
import { UpstreamError } from './upstream-error.ts';

/** What the worklist reads from D1: each statement is a look-up in an index that holds few rows. */

/** What one statement returns at most, the oldest first. */
const LIMIT = 300;
/** Money is blocked on a card for a week at most; what was taken is kept until it is given back. */
const UNSETTLED_MS = 8 * 24 * 60 * 60_000;

const MAIL_DUE = `mail_id IS NULL AND email IS NOT NULL AND status <> 'OPEN'`;

/** Paid by the order's status, but not by what was heard of its payment. */
const UNPAID = `status = 'CONFIRMED' AND payment_status IS NOT 'succeeded'`;

/** Not bought, and not known to have kept no money; a declined card has none to keep. */
const UNSETTLED = `status IN ('FAILED', 'CANCELLED') AND payment_status IS NOT 'canceled'
	AND payment_status IS NOT 'refunded'
	AND (payment_intent IS NOT NULL OR substr(reason, 1, 15) IS NOT 'Payment Failed:'
		OR instr(reason, 'no answer in time') > 0)`;

/** The index is named: others hold all orders of a status, which is far more. */
const select = (index: string, where: string, order: string): string =>
	`SELECT ${ORDER_COLUMNS} FROM orders INDEXED BY ${index}
		WHERE ${where} ORDER BY ${order} LIMIT ${LIMIT}`;

export const mailsDue = (before: number): Statement => ({
	sql: select('orders_mail_due', `${MAIL_DUE} AND updated_at <= ?`, 'updated_at'),
	values: [before]
});
export const leftOpen = (before: number): Statement => ({
	sql: select('orders_by_status', `status = 'OPEN' AND created_at <= ?`, 'created_at'),
	values: [before]
});
export const unpaid = (before: number): Statement => ({
	sql: select('orders_unpaid', `${UNPAID} AND updated_at <= ?`, 'updated_at'),
	values: [before]
});
export const unsettled = (before: number, now: number): Statement => ({
	sql: select(
		'orders_unsettled',
		`${UNSETTLED} AND updated_at <= ? AND (updated_at > ? OR payment_status = 'succeeded')`,
		'updated_at DESC'
	),
	values: [before, now - UNSETTLED_MS]
});
/** Whose money went back, whatever became of the order: the bank may yet send that refund back. */
const RETURNED = `(status = 'REFUNDED' OR payment_status = 'refunded')`;

/** The newest: a refund is brought to its end within days. */
export const refunded = (): Statement => ({
	sql: select('orders_returned', RETURNED, 'created_at DESC'),
	values: []
});
export const byIds = (ids: readonly string[]): Statement => ({
	sql: `SELECT ${ORDER_COLUMNS} FROM orders WHERE id IN (SELECT value FROM json_each(?))`,
	values: [JSON.stringify(ids)]
});

/** A stretch of the seats of confirmed orders, in the order of their keys. */
export const confirmedSeats = (after: string, limit: number): Statement => ({
	sql: `SELECT seats.seat AS seat, seats.order_id AS "order"
		FROM order_seats AS seats JOIN orders ON orders.id = seats.order_id
		WHERE seats.seat > ? AND orders.status = 'CONFIRMED'
		ORDER BY seats.seat, seats.order_id LIMIT ?`,
	values: [after, limit]
});

/** Runs a statement. @throws UpstreamError when D1 fails */
export async function readRows<Row>(db: D1Database, { sql, values }: Statement): Promise<Row[]> {
	try {
		const { results } = await db
			.prepare(sql)
			.bind(...values)
			.all<Row>();
		return results;
	} catch (cause) {
		throw new UpstreamError('orders-unreadable', 'The order store (D1) cannot be read now', {
			status: 503,
			retryable: true,
			cause
		});
	}
}

export const readOrders = async (db: D1Database, statement: Statement): Promise<OrderRow[]> =>
	(await readRows<StoredOrder>(db, statement)).map(presentOrder);
