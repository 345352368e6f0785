import { csvLine } from '../csv.ts';
import type { OrderRow } from '../order.ts';
import type { OrderCursor, OrderFilter } from '../order-filter.ts';
import { cursorAfter } from './order-list.ts';
import type { Orders } from './orders.ts';

/** Rows a statement: one keeps D1 busy for a moment only. */
const CHUNK = 1000;
/** More than a spreadsheet is good for; a sale of a large arena is below it. */
export const CSV_ROWS = 100_000;

const COLUMNS: readonly [name: string, read: (order: OrderRow) => string | number | null][] = [
	['order', ({ id }) => id],
	['status', ({ status }) => status],
	['opened', ({ createdAt }) => new Date(createdAt).toISOString()],
	['changed', ({ updatedAt }) => new Date(updatedAt).toISOString()],
	['event', ({ eventId }) => eventId],
	['seats', ({ seats }) => seats.join(' ')],
	['amount_minor', ({ amount }) => amount],
	['currency', ({ currency }) => currency],
	['user', ({ userId }) => userId],
	['email', ({ email }) => email],
	['payment_intent', ({ paymentIntent }) => paymentIntent],
	['payment_status', ({ paymentStatus }) => paymentStatus],
	['refunded_minor', ({ refunded }) => refunded],
	['mail', ({ mailId }) => mailId],
	['reason', ({ reason }) => reason]
];

/** The orders of a filter as a table, newest first, read as fast as it is taken. */
export function orderCsv(orders: Orders, filter: OrderFilter): ReadableStream<Uint8Array> {
	const text = new TextEncoder();
	let before: OrderCursor | null = null;
	let left = CSV_ROWS;
	return new ReadableStream<Uint8Array>({
		start(controller) {
			controller.enqueue(text.encode(csvLine(COLUMNS.map(([name]) => name))));
		},
		async pull(controller) {
			const { rows, more } = await orders.list(filter, before, Math.min(CHUNK, left));
			const lines = rows.map((order) => csvLine(COLUMNS.map(([, read]) => read(order))));
			if (lines.length > 0) controller.enqueue(text.encode(lines.join('')));
			left -= rows.length;
			before = cursorAfter(rows, more);
			if (before === null || left <= 0) controller.close();
		}
	});
}
