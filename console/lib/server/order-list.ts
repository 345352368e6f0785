import type { OrderRow } from '../order.ts';
import { parseOrderCursor, parseOrderFilter } from '../order-filter.ts';
import type { OrderCursor, OrderFilter } from '../order-filter.ts';
import type { Orders } from './orders.ts';
import { UpstreamError } from './upstream-error.ts';

export const PAGE_SIZE = 50;

/** One reading of the list of orders. */
export interface OrderList {
	filter: OrderFilter;
	before: OrderCursor | null;
	rows: OrderRow[];
	/** Where the next older page begins; null on the last one. */
	next: OrderCursor | null;
	readAt: number;
	/** What the reading cost, which sets how often it is repeated. */
	tookMs: number;
}

/** Reads the list that an address asks for. @throws UpstreamError 400 for one it cannot read */
export async function readOrderList(orders: Orders, params: URLSearchParams): Promise<OrderList> {
	const filter = readFilter(params);
	const before = valid(parseOrderCursor(params));
	const begun = Date.now();
	const { rows, more } = await orders.list(filter, before, PAGE_SIZE);
	const readAt = Date.now();
	return { filter, before, rows, next: cursorAfter(rows, more), readAt, tookMs: readAt - begun };
}

/** The filter of an address. @throws UpstreamError 400 for one it cannot read */
export const readFilter = (params: URLSearchParams): OrderFilter => valid(parseOrderFilter(params));

/** Where the page after these rows begins. */
export function cursorAfter(rows: readonly OrderRow[], more: boolean): OrderCursor | null {
	const last = rows.at(-1);
	return more && last ? { createdAt: last.createdAt, id: last.id } : null;
}

function valid<T>(parsed: { ok: true; value: T } | { ok: false; message: string }): T {
	if (parsed.ok) return parsed.value;
	throw new UpstreamError('bad-request', parsed.message, { status: 400 });
}
