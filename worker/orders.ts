import type { D1Database } from '@cloudflare/workers-types';
import type { Order } from '../shared/order.ts';

/** Writes an order's row, or brings it up to date. */
export async function recordOrder(db: D1Database, order: Order, now: number): Promise<void> {
	await db
		.prepare(
			`INSERT INTO orders (id, invocation_id, event_id, user_id, email, seats, amount, currency,
				status, payment_intent, reason, created_at, updated_at)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)
			ON CONFLICT (id) DO UPDATE SET status = ?9, payment_intent = ?10, reason = ?11,
				updated_at = ?12`
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
			order.reason,
			now
		)
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
