import type { OrderCursor, OrderFilter } from '../order-filter.ts';
import { readTerm } from '../order-filter.ts';
import { boundsOf } from '../time-range.ts';

/** A statement for D1 and what it binds. */
export interface Statement {
	sql: string;
	values: (string | number)[];
}

/** What an order's row is read with. */
export const ORDER_COLUMNS = `id, invocation_id, event_id, user_id, email, seats, amount, currency, status,
	payment_intent, payment_status, refunded, reason, mail_id, created_at, updated_at`;

export interface ListOptions {
	now: number;
	/** Whether a name or an address is meant as a whole, not as the beginning of one. */
	wholeNames: boolean;
}

/** A page of the orders of a filter, newest first. Each way to search goes by an index. */
export function listOrders(
	filter: OrderFilter,
	before: OrderCursor | null,
	limit: number,
	options: ListOptions
): Statement {
	const parts = [...conditions(filter, options), ...(before ? [olderThan(before)] : [])];
	const where = parts.length > 0 ? `WHERE ${parts.map(({ sql }) => sql).join(' AND ')}` : '';
	// A term leaves few: with its index they are found and sorted at once, while in the order of time
	// all that are newer would be read before them. A plus hides a column from the choice of index.
	const plus = filter.term === null ? '' : '+';
	return {
		sql: `SELECT ${ORDER_COLUMNS} FROM orders ${where}
			ORDER BY ${plus}created_at DESC, ${plus}id DESC LIMIT ?`,
		values: [...parts.flatMap(({ values }) => values), limit]
	};
}

export const readOrder = (id: string): Statement => ({
	sql: `SELECT ${ORDER_COLUMNS} FROM orders WHERE id = ?`,
	values: [id]
});

const olderThan = ({ createdAt, id }: OrderCursor): Statement => ({
	sql: '(created_at, id) < (?, ?)',
	values: [createdAt, id]
});

function conditions(
	{ term, statuses, eventId, range }: OrderFilter,
	{ now, wholeNames }: ListOptions
): Statement[] {
	const bounds = range && boundsOf(range, now);
	const plus = term === null ? '' : '+';
	return [
		...(term === null ? [] : [matching(term, wholeNames ? isWhole : beginsWith)]),
		...(statuses.length === 0
			? []
			: [{ sql: `${plus}status IN (${statuses.map(() => '?').join(', ')})`, values: statuses }]),
		...(eventId === null ? [] : [{ sql: `${plus}event_id = ?`, values: [eventId] }]),
		...(bounds ? [{ sql: `${plus}created_at >= ?`, values: [bounds.from] }] : []),
		...(bounds && bounds.to !== null
			? [{ sql: `${plus}created_at <= ?`, values: [bounds.to] }]
			: [])
	];
}

type Match = (column: string, text: string) => Statement;

function matching(text: string, name: Match): Statement {
	const term = readTerm(text);
	switch (term.kind) {
		case 'order':
			return beginsWith('id', term.prefix);
		case 'payment':
			return beginsWith('payment_intent', term.prefix);
		case 'seat':
			return ofSeats('SELECT ?', term.key);
		case 'email':
			return either(...named(term.address, name));
		case 'user':
			return either(
				...named(term.prefix, name),
				ofSeats(`SELECT id || ':' || ? FROM events`, term.prefix)
			);
	}
}

/** A range of the index, which LIKE is not where letters' case matters. */
const beginsWith: Match = (column, prefix) => ({
	sql: `(${column} >= ? AND ${column} < ? || char(1114111))`,
	values: [prefix, prefix]
});

const isWhole: Match = (column, text) => ({ sql: `${column} = ?`, values: [text] });

/** A user may go by an address as well. Nobody spells the case of either as it was entered. */
const named = (text: string, match: Match): Statement[] => [
	match('user_id COLLATE NOCASE', text),
	match('email COLLATE NOCASE', text)
];

const ofSeats = (keys: string, value: string): Statement => ({
	sql: `id IN (SELECT order_id FROM order_seats WHERE seat IN (${keys}))`,
	values: [value]
});

/** One look-up for each by its own index; an OR of them would be a scan of all orders. */
const either = (...parts: Statement[]): Statement => ({
	sql: `id IN (${parts.map(({ sql }) => `SELECT id FROM orders WHERE ${sql}`).join(' UNION ')})`,
	values: parts.flatMap(({ values }) => values)
});
