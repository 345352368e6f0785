import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { Statement } from './order-sql.ts';
import {
	byIds,
	confirmedSeats,
	leftOpen,
	mailsDue,
	refunded,
	unpaid,
	unsettled
} from './worklist-orders.ts';

const NOW = 1_000_000_000;
const OLD = NOW - 60_000;

function database(): DatabaseSync {
	const db = new DatabaseSync(':memory:');
	for (const file of readdirSync('migrations').toSorted())
		db.exec(readFileSync(`migrations/${file}`, 'utf8'));
	return db;
}

const db = database();
const DECLINED = 'Payment Failed: Your card was declined.';

/** [ID, status, payment's status, intent, reason, mail] */
const ROWS: [string, string, string | null, string | null, string | null, string | null][] = [
	['ord_paid', 'CONFIRMED', 'succeeded', 'pi_1', null, 'mail_1'],
	['ord_nomail', 'CONFIRMED', 'succeeded', 'pi_2', null, null],
	['ord_returned', 'CONFIRMED', 'refunded', 'pi_3', null, 'mail_3'],
	['ord_unheard', 'CONFIRMED', null, null, null, 'mail_4'],
	['ord_declined', 'FAILED', null, null, DECLINED, 'mail_5'],
	['ord_noanswer', 'FAILED', null, null, 'Payment Failed: no answer in time. 503', 'mail_6'],
	['ord_cancelled', 'CANCELLED', null, null, 'Cancelled', 'mail_7'],
	['ord_voided', 'CANCELLED', 'canceled', 'pi_8', 'Cancelled', 'mail_8'],
	['ord_kept', 'FAILED', 'succeeded', 'pi_9', 'Ticket lost', 'mail_9'],
	['ord_refunded', 'REFUNDED', 'refunded', 'pi_10', 'asked for', 'mail_10'],
	['ord_gone', 'CANCELLED', 'refunded', 'pi_11', 'Cancelled', 'mail_11'],
	['ord_open', 'OPEN', null, null, null, null]
];

for (const [id, status, paid, intent, reason, mail] of ROWS) {
	db.prepare(
		`INSERT INTO orders (id, invocation_id, event_id, user_id, email, seats, amount, currency, status,
			payment_intent, payment_status, reason, mail_id, created_at, updated_at)
		VALUES (?, 'inv', 'e', 'u', 'u@example.com', '[]', 100, 'EUR', ?, ?, ?, ?, ?, ?, ?)`
	).run(id, status, intent, paid, reason, mail, OLD, OLD);
	db.prepare('INSERT INTO order_seats (seat, order_id) VALUES (?, ?)').run(`e:${id}`, id);
}

const run = ({ sql, values }: Statement, key = 'id') =>
	db
		.prepare(sql)
		.all(...values)
		.map((row) => row[key]);
const plan = ({ sql, values }: Statement) =>
	db
		.prepare(`EXPLAIN QUERY PLAN ${sql}`)
		.all(...values)
		.map(({ detail }) => String(detail))
		.join('; ');

describe('the orders that the worklist looks at', () => {
	test.each([
		['whose mail is due', mailsDue(NOW), ['ord_nomail'], 'orders_mail_due'],
		['that are open', leftOpen(NOW), ['ord_open'], 'orders_by_status'],
		[
			'that are confirmed and not paid',
			unpaid(NOW),
			['ord_returned', 'ord_unheard'],
			'orders_unpaid'
		],
		[
			'whose money may not be settled',
			unsettled(NOW, NOW),
			['ord_cancelled', 'ord_kept', 'ord_noanswer'],
			'orders_unsettled'
		],
		[
			'whose money was taken, however long ago',
			unsettled(NOW + 30 * 24 * 60 * 60_000, NOW + 30 * 24 * 60 * 60_000),
			['ord_kept'],
			'orders_unsettled'
		],
		[
			'whose money went back',
			refunded(),
			['ord_gone', 'ord_refunded', 'ord_returned'],
			'orders_returned'
		],
		['by their IDs', byIds(['ord_paid', 'ord_none']), ['ord_paid'], 'sqlite_autoindex_orders_1']
	])('%s', (_, statement, expected, index) => {
		expect(run(statement).toSorted()).toEqual(expected);
		expect(plan(statement)).toContain(index);
		expect(plan(statement)).not.toMatch(/SCAN orders(?! USING)/);
	});

	test.each([mailsDue(OLD - 1), leftOpen(OLD - 1), unpaid(OLD - 1), unsettled(OLD - 1, NOW)])(
		'not before their time',
		(statement) => {
			expect(run(statement)).toEqual([]);
		}
	);

	test('a stretch of the seats of confirmed orders, by the index of seats', () => {
		const all = ['e:ord_nomail', 'e:ord_paid', 'e:ord_returned', 'e:ord_unheard'];
		expect(run(confirmedSeats('', 10), 'seat')).toEqual(all);
		expect(run(confirmedSeats('e:ord_nomail', 1), 'seat')).toEqual(['e:ord_paid']);
		expect(plan(confirmedSeats('', 10))).toMatch(/SEARCH seats USING PRIMARY KEY/);
		expect(plan(confirmedSeats('', 10))).not.toContain('TEMP B-TREE');
	});
});

test('marks are never changed nor deleted', () => {
	db.exec(
		`INSERT INTO worklist_marks (item, at, actor, role, act, fingerprint)
			VALUES ('mail:order:o', 1, 'ada', 'operator', 'reopen', '')`
	);
	expect(() => db.exec(`UPDATE worklist_marks SET actor = 'bob'`)).toThrow(/never changed/);
	expect(() => db.exec('DELETE FROM worklist_marks')).toThrow(/never deleted/);
});
