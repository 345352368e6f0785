import type { D1Database } from '@cloudflare/workers-types';
import type { OrderStatus, PaymentStatus } from '$shared/order.ts';
import type { OrderRow } from '../order.ts';
import type { OrderCursor, OrderFilter } from '../order-filter.ts';
import { listOrders, readOrder } from './order-sql.ts';
import type { Statement } from './order-sql.ts';
import { UpstreamError } from './upstream-error.ts';

/** Orders as the notification path left them in D1. */
export interface Orders {
	/** A page of the orders of a filter, newest first, and whether there are older ones. */
	list: (
		filter: OrderFilter,
		before: OrderCursor | null,
		limit: number
	) => Promise<{ rows: OrderRow[]; more: boolean }>;
	byId: (id: string) => Promise<OrderRow | undefined>;
}

/**
 * @param options.wholeNames whether a buyer is found by the whole of a name or an address alone, as
 *   for a reader who may not see them: parts would spell them out one letter at a time
 * @throws UpstreamError from every method when D1 fails
 */
export function createOrders(db: D1Database, options: { wholeNames: boolean }): Orders {
	async function read({ sql, values }: Statement): Promise<OrderRow[]> {
		try {
			const { results } = await db
				.prepare(sql)
				.bind(...values)
				.all<StoredOrder>();
			return results.map(presentOrder);
		} catch (cause) {
			throw new UpstreamError('orders-unreadable', 'The order store (D1) cannot be read now', {
				status: 503,
				retryable: true,
				cause
			});
		}
	}
	return {
		async list(filter, before, limit) {
			const rows = await read(
				listOrders(filter, before, limit + 1, { now: Date.now(), ...options })
			);
			return { rows: rows.slice(0, limit), more: rows.length > limit };
		},
		byId: async (id) => (await read(readOrder(id)))[0]
	};
}

export interface StoredOrder {
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
	refunded: number;
	reason: string | null;
	mail_id: string | null;
	created_at: number;
	updated_at: number;
}

/** The one place where a buyer's name and address leave the store for a page. */
export const presentOrder = (row: StoredOrder): OrderRow => ({
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
	refunded: row.refunded,
	reason: row.reason,
	mailId: row.mail_id,
	createdAt: row.created_at,
	updatedAt: row.updated_at
});
