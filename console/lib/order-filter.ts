import { isOrderId, ORDER_STATUSES } from '$shared/order.ts';
import type { OrderStatus } from '$shared/order.ts';
import { isKeyPart, parseSeatKey } from '$shared/seat-key.ts';
import { parseRange, printRange } from './time-range.ts';
import type { TimeRange } from './time-range.ts';

/**
 * Which orders are meant: what the list's address says. console/lib/server/order-sql.ts turns it
 * into SQL.
 */
export interface OrderFilter {
	/** What somebody at the box office has in hand; see {@link readTerm}. */
	term: string | null;
	/** Empty: any status. */
	statuses: OrderStatus[];
	eventId: string | null;
	/** When it was opened; null is any time. */
	range: TimeRange | null;
}

export const NO_ORDER_FILTER: OrderFilter = {
	term: null,
	statuses: [],
	eventId: null,
	range: null
};

/** The last row of a page; the next page holds what is older. */
export interface OrderCursor {
	createdAt: number;
	id: string;
}

/** What a search term can be, told from its form. */
export type Term =
	| { kind: 'order' | 'payment' | 'user'; prefix: string }
	| { kind: 'seat'; key: string }
	| { kind: 'email'; address: string };

/**
 * An order by its ID or its checkout's, a payment intent, a seat key and an e-mail address have
 * forms of their own; anything else begins a user's name or address, or is a seat of any event.
 */
export function readTerm(term: string): Term {
	if (/^(ord|inv)_/.test(term)) return { kind: 'order', prefix: term.replace(/^inv_/, 'ord_') };
	if (term.startsWith('pi_')) return { kind: 'payment', prefix: term };
	if (parseSeatKey(term)) return { kind: 'seat', key: term };
	if (term.includes('@')) return { kind: 'email', address: term };
	return { kind: 'user', prefix: term };
}

const MAX_LENGTH = 256;

type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

/** Reads a filter from an address, or says which part it cannot read and why. */
export function parseOrderFilter(params: URLSearchParams): Parsed<OrderFilter> {
	const term = params.get('q')?.trim() ?? '';
	if (term.length > MAX_LENGTH) return fail(`"q" is longer than ${MAX_LENGTH} characters`);
	if (/\p{Cc}/u.test(term)) return fail('"q" holds a control character');

	const named = new Set(params.getAll('status').filter((status) => status !== ''));
	const unknown = [...named].find((name) => !ORDER_STATUSES.some((status) => status === name));
	if (unknown !== undefined)
		return fail(`"${unknown}" is not a status; use one of ${ORDER_STATUSES.join(', ')}`);

	const event = params.get('event')?.trim() ?? '';
	if (event !== '' && !isKeyPart(event)) return fail(`"${event}" is not an event ID`);

	const range = parseOptionalRange(params);
	if (!range.ok) return range;
	return {
		ok: true,
		value: {
			term: term === '' ? null : term,
			statuses: ORDER_STATUSES.filter((status) => named.has(status)),
			eventId: event === '' ? null : event,
			range: range.value
		}
	};
}

function parseOptionalRange(params: URLSearchParams): Parsed<TimeRange | null> {
	const given = ['range', 'from', 'to'].some((name) => (params.get(name) ?? '') !== '');
	return given ? parseRange(params, '24h') : { ok: true, value: null };
}

/** The address's parameters of a filter; an empty one has none. */
export function printOrderFilter({ term, statuses, eventId, range }: OrderFilter): URLSearchParams {
	const params = new URLSearchParams();
	if (term !== null) params.set('q', term);
	for (const status of statuses) params.append('status', status);
	if (eventId !== null) params.set('event', eventId);
	if (range?.kind === 'recent') params.set('range', range.span);
	else if (range)
		for (const [name, value] of Object.entries(printRange(range, '24h'))) params.set(name, value);
	return params;
}

/** The filter with one status switched on or off. */
export const toggleOrderStatus = (filter: OrderFilter, status: OrderStatus): OrderFilter => ({
	...filter,
	statuses: ORDER_STATUSES.filter((each) =>
		each === status ? !filter.statuses.includes(each) : filter.statuses.includes(each)
	)
});

/** Reads `before=<ms>.<order ID>`; null when there is none. */
export function parseOrderCursor(params: URLSearchParams): Parsed<OrderCursor | null> {
	const text = params.get('before');
	if (text === null) return { ok: true, value: null };
	const [ms = '', id = ''] = text.split('.');
	if (!/^\d{1,15}$/.test(ms) || !isOrderId(id))
		return fail('"before" is not a place in the list; begin again from the newest');
	return { ok: true, value: { createdAt: Number(ms), id } };
}

export const printOrderCursor = ({ createdAt, id }: OrderCursor): string => `${createdAt}.${id}`;

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
