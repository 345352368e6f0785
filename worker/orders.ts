import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types';
import { PAYMENT_STATUSES } from '../shared/order.ts';
import type { Order, OrderStatus, PaymentStatus } from '../shared/order.ts';

/** How final a payment status is, in SQL; the order of PAYMENT_STATUSES. */
const rank = (column: string): string =>
	`CASE ${column} ${PAYMENT_STATUSES.map((status, n) => `WHEN '${status}' THEN ${n}`).join(' ')} ELSE -1 END`;

/** The further of two payment statuses. */
const further = (one: string, other: string): string =>
	`CASE WHEN ${rank(other)} > ${rank(one)} THEN ${other} ELSE ${one} END`;

/**
 * Writes an order's row, or brings it up to date. Notifications and webhooks may arrive in any
 * order, so nothing moves back: only an open order moves on, and a confirmed one to refunded; the
 * payment keeps the furthest status that was heard of. Its seats never change.
 */
export async function recordOrder(db: D1Database, order: Order, now: number): Promise<void> {
	await db.batch([upsertOrder(db, order, now), insertSeats(db, order)]);
}

const upsertOrder = (db: D1Database, order: Order, now: number): D1PreparedStatement =>
	db
		.prepare(
			`INSERT INTO orders (id, invocation_id, event_id, user_id, email, seats, amount, currency,
				status, payment_intent, payment_status, reason, created_at, updated_at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?13)
			ON CONFLICT (id) DO UPDATE SET status = ?9,
				payment_intent = COALESCE(?10, payment_intent),
				payment_status = ${further('payment_status', '?11')}, reason = ?12, updated_at = ?13
			WHERE status = 'OPEN' OR (status = 'CONFIRMED' AND ?9 = 'REFUNDED')`
		)
		.bind(
			order.id,
			order.invocationId,
			order.eventId,
			order.userId,
			order.email,
			JSON.stringify(order.seats),
			order.amount,
			order.currency,
			order.status,
			order.paymentIntent,
			order.paymentStatus,
			order.reason,
			now
		);

const insertSeats = (db: D1Database, { id, seats }: Order): D1PreparedStatement =>
	db
		.prepare(
			'INSERT OR IGNORE INTO order_seats (seat, order_id) SELECT value, ?1 FROM json_each(?2)'
		)
		.bind(id, JSON.stringify(seats));

interface OrderRow {
	id: string;
	invocation_id: string;
	event_id: string;
	user_id: string;
	email: string | null;
	seats: string;
	amount: number;
	currency: string;
	status: OrderStatus;
	payment_intent: string | null;
	payment_status: PaymentStatus | null;
	reason: string | null;
}

/** The order of that ID, or null. */
export async function readOrder(db: D1Database, id: string): Promise<Order | null> {
	const row = await db.prepare('SELECT * FROM orders WHERE id = ?').bind(id).first<OrderRow>();
	if (!row) return null;
	return {
		id: row.id,
		invocationId: row.invocation_id,
		eventId: row.event_id,
		userId: row.user_id,
		email: row.email,
		seats: JSON.parse(row.seats) as string[],
		amount: row.amount,
		currency: row.currency,
		status: row.status,
		paymentIntent: row.payment_intent,
		paymentStatus: row.payment_status,
		reason: row.reason
	};
}

/** What of an order's money was given back so far, in minor units; null for an unknown order. */
export async function readRefunded(db: D1Database, id: string): Promise<number | null> {
	const row = await db
		.prepare('SELECT refunded FROM orders WHERE id = ?')
		.bind(id)
		.first<{ refunded: number }>();
	return row?.refunded ?? null;
}

/** Notes what was given back in all; an older sum that arrives late changes nothing. */
export async function recordRefunded(
	db: D1Database,
	id: string,
	refunded: number,
	now: number
): Promise<void> {
	await db
		.prepare('UPDATE orders SET refunded = MAX(refunded, ?2), updated_at = ?3 WHERE id = ?1')
		.bind(id, refunded, now)
		.run();
}

/** Notes what the gateway said of an order's money. */
export async function recordPayment(
	db: D1Database,
	orderId: string,
	intent: string,
	status: PaymentStatus,
	now: number
): Promise<void> {
	await db
		.prepare(
			`UPDATE orders SET payment_intent = COALESCE(payment_intent, ?2),
				payment_status = ${further('payment_status', '?3')}, updated_at = ?4 WHERE id = ?1`
		)
		.bind(orderId, intent, status, now)
		.run();
}

/** Notes the provider's ID of the mail that went out for an order. */
export async function recordMail(
	db: D1Database,
	orderId: string,
	mailId: string,
	now: number
): Promise<void> {
	await db
		.prepare('UPDATE orders SET mail_id = ?2, updated_at = ?3 WHERE id = ?1')
		.bind(orderId, mailId, now)
		.run();
}
