import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { NO_ORDER_FILTER } from '../order-filter.ts';
import type { OrderFilter } from '../order-filter.ts';
import { listOrders } from './order-sql.ts';
import type { ListOptions } from './order-sql.ts';

const NOW = 10_000_000;
const ASKED = { now: NOW, wholeNames: false };

/** The schema as its migrations make it, with orders from before the seats had a table. */
function database(): DatabaseSync {
	const db = new DatabaseSync(':memory:');
	const migrations = readdirSync('migrations').toSorted();
	for (const file of migrations) {
		if (file.startsWith('0004')) ORDERS.forEach((order) => insert(db, order));
		db.exec(readFileSync(`migrations/${file}`, 'utf8'));
	}
	return db;
}

interface Seed {
	id: string;
	user?: string;
	email?: string;
	seats?: string[];
	status?: string;
	intent?: string;
	event?: string;
	at: number;
}

const ORDERS: Seed[] = [
	{ id: 'ord_aaaaaaaa1', user: 'alice', email: 'alice@example.com', seats: ['e:A-1'], at: 1 },
	{ id: 'ord_aaaaaaaa2', user: 'alicia', seats: ['e:A-1', 'e:A-2'], intent: 'pi_9', at: 2 },
	{ id: 'ord_bbbbbbbb1', user: 'bob', email: 'al.b@example.com', status: 'OPEN', at: 3 },
	{ id: 'ord_bbbbbbbb2', user: 'al%', email: 'x@y.z', event: 'f', seats: ['f:A-1'], at: 4 },
	{ id: 'ord_bbbbbbbb3', user: 'al%', status: 'FAILED', event: 'f', seats: ['f:A-1'], at: 4 }
];

function insert(db: DatabaseSync, { id, user = 'u', email, seats = [], ...seed }: Seed): void {
	db.prepare(
		`INSERT INTO orders (id, invocation_id, event_id, user_id, email, seats, amount, currency,
			status, payment_intent, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, 100, 'EUR', ?, ?, ?, ?)`
	).run(
		...[id, id.replace('ord', 'inv'), seed.event ?? 'e', user, email ?? null],
		...[JSON.stringify(seats), seed.status ?? 'CONFIRMED', seed.intent ?? null, seed.at, seed.at]
	);
}

const db = database();
db.exec(`INSERT INTO events (id, name, revision, currency, seats, published_at)
	VALUES ('e', 'E', 1, 'EUR', 2, 1), ('f', 'F', 1, 'EUR', 2, 1)`);

const find = (change: Partial<OrderFilter>, asked: ListOptions = ASKED): string[] => {
	const { sql, values } = listOrders({ ...NO_ORDER_FILTER, ...change }, null, 10, asked);
	return db
		.prepare(sql)
		.all(...values)
		.map(({ id }) => String(id).replace('ord_', ''));
};

describe('listOrders', () => {
	test.each<[string, Partial<OrderFilter>, string[]]>([
		['nothing', {}, ['bbbbbbbb3', 'bbbbbbbb2', 'bbbbbbbb1', 'aaaaaaaa2', 'aaaaaaaa1']],
		['an order ID', { term: 'ord_aaaaaaaa1' }, ['aaaaaaaa1']],
		['the start of one', { term: 'ord_aaaa' }, ['aaaaaaaa2', 'aaaaaaaa1']],
		['its checkout', { term: 'inv_aaaaaaaa1' }, ['aaaaaaaa1']],
		['a payment intent', { term: 'pi_9' }, ['aaaaaaaa2']],
		['a seat, also of orders from before the index', { term: 'e:A-1' }, ['aaaaaaaa2', 'aaaaaaaa1']],
		[
			'a seat of any event',
			{ term: 'A-1', statuses: ['CONFIRMED'] },
			['bbbbbbbb2', 'aaaaaaaa2', 'aaaaaaaa1']
		],
		['an address', { term: 'alice@example.com' }, ['aaaaaaaa1']],
		['an address in other letters', { term: 'ALICE@Example.Com' }, ['aaaaaaaa1']],
		['a user in other letters', { term: 'Alic' }, ['aaaaaaaa2', 'aaaaaaaa1']],
		['the start of a user or address', { term: 'ali' }, ['aaaaaaaa2', 'aaaaaaaa1']],
		['a character that LIKE would read', { term: 'al%' }, ['bbbbbbbb3', 'bbbbbbbb2']],
		['an event and two statuses', { eventId: 'f', statuses: ['FAILED', 'OPEN'] }, ['bbbbbbbb3']],
		['a time', { range: { kind: 'between', from: 2, to: 3 } }, ['bbbbbbbb1', 'aaaaaaaa2']],
		['SQL', { term: `' OR '1'='1` }, []]
	])('finds by %s', (_, change, ids) => {
		expect(find(change)).toEqual(ids);
	});

	test.each([
		['an address', 'ALICE@example.com', ['aaaaaaaa1']],
		['a user', 'Alice', ['aaaaaaaa1']],
		['no part of an address', 'alice@', []],
		['no part of a name', 'alic', []],
		['a seat all the same', 'e:A-1', ['aaaaaaaa2', 'aaaaaaaa1']]
	])('finds by the whole of %s for who may not see names', (_, term, ids) => {
		expect(find({ term }, { now: NOW, wholeNames: true })).toEqual(ids);
	});

	test('pages without a gap or a double, also within one millisecond', () => {
		const seen: string[] = [];
		let before = null;
		for (let page = 0; page < 6; page++) {
			const { sql, values } = listOrders(NO_ORDER_FILTER, before, 1, ASKED);
			const [row] = db.prepare(sql).all(...values);
			if (!row) break;
			seen.push(String(row['id']));
			before = { createdAt: Number(row['created_at']), id: String(row['id']) };
		}
		expect(seen).toEqual(find({}).map((id) => `ord_${id}`));
	});

	test.each<[string, Partial<OrderFilter>, string[]]>([
		['no filter', {}, ['orders_by_time']],
		['a status', { statuses: ['OPEN'] }, ['orders_by_status']],
		['an event', { eventId: 'e' }, ['orders_of_event_by_time']],
		['an order', { term: 'ord_a' }, ['id>']],
		['a payment', { term: 'pi_9' }, ['orders_by_payment']],
		['a seat', { term: 'e:A-1' }, ['order_seats']],
		['an address', { term: 'a@b.c' }, ['orders_by_email', 'orders_by_user_name']],
		['a user', { term: 'ali' }, ['orders_by_email', 'orders_by_user_name']],
		[
			'a user among those of a status, event and time',
			{
				...{ term: 'ali', statuses: ['OPEN'], eventId: 'e' },
				range: { kind: 'between', from: 1, to: 2 }
			},
			['orders_by_email', 'orders_by_user_name']
		]
	])('goes by an index for %s', (_, change, names) => {
		const { sql, values } = listOrders({ ...NO_ORDER_FILTER, ...change }, null, 10, ASKED);
		const plan = db
			.prepare(`EXPLAIN QUERY PLAN ${sql}`)
			.all(...values)
			.map(({ detail }) => String(detail))
			.join('\n');
		if (change.term !== undefined) expect(plan).not.toContain('SCAN orders');
		for (const name of names) expect(plan).toContain(name);
	});
});
