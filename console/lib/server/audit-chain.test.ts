import type { D1Database } from '@cloudflare/workers-types';
import { readdirSync, readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { GENESIS, hashRecord } from '$shared/audit-chain.ts';
import type { ChainHead } from '$shared/audit-chain.ts';
import { NO_AUDIT_FILTER } from '../audit-filter.ts';
import type { AuditFilter } from '../audit-filter.ts';
import { START, walkChain } from './audit-chain.ts';
import { createAudit } from './audit.ts';
import { AUDIT_COLUMNS } from './audit-sql.ts';
import { UpstreamError } from './upstream-error.ts';

/** The audit as the migrations make it, in the SQLite that D1 is, with its guards away. */
const RECORDS = 1203;
const TARGETS = ['e:A-1', 'e:A-2', 'f:A-1', 'ord_1abcdefgh', 'inv_1abcdefgh', 'e'];

let sqlite: DatabaseSync;
let db: D1Database;
let head: ChainHead;

beforeEach(async () => {
	sqlite = new DatabaseSync(':memory:');
	for (const file of readdirSync('migrations').toSorted())
		sqlite.exec(readFileSync(`migrations/${file}`, 'utf8'));
	sqlite.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted');
	db = asD1(sqlite);
	head = { seq: 0, hash: GENESIS };
	sqlite.exec('BEGIN');
	for (let seq = 1; seq <= RECORDS; seq += 1) head = await append(seq, head);
	sqlite.exec('COMMIT');
});

async function append(seq: number, { hash: prev_hash }: ChainHead): Promise<ChainHead> {
	const record = {
		...{ seq, id: `inv_${seq}abcdefgh`, at: 1000 + seq, actor: seq % 3 === 0 ? 'bob' : 'ann' },
		...{ role: 'operator', action: seq % 2 === 0 ? 'refundOrder' : 'forceRelease' },
		...{ target: TARGETS[seq % TARGETS.length] ?? '', reason: `Because of ${seq}` },
		...{ ticket_ref: seq === 7 ? 'OPS-7' : null, before: '{"a":1}', after: '{"a":2}' },
		...{ outcome: seq % 5 === 0 ? 'refused' : 'done', invocation_ids: '["inv_9other"]' },
		...{ request_id: null, change_id: seq === 9 ? 'chg_1abcdefgh' : null, preview: null },
		...{ approvals: null, prev_hash }
	};
	const hash = await hashRecord(record);
	const columns = AUDIT_COLUMNS.split(',').map((name) => name.trim());
	const values: Record<string, string | number | null> = { ...record, hash };
	sqlite
		.prepare(`INSERT INTO audit (${columns.join()}) VALUES (${columns.map(() => '?').join()})`)
		.run(...columns.map((name) => values[name] ?? null));
	return { seq, hash };
}

/** As much of D1's interface as is asked of it. */
const asD1 = (database: DatabaseSync): D1Database =>
	({
		prepare: (sql: string) => ({
			bind: (...values: (string | number)[]) => ({
				all: () => Promise.resolve({ results: database.prepare(sql).all(...values) })
			})
		})
	}) as unknown as D1Database;

const walk = (after = START, stretch?: number) =>
	walkChain(db, () => Promise.resolve(head), after, stretch);

describe('walkChain', () => {
	test('comes to the end of a chain that holds', async () => {
		expect(await walk()).toEqual({ checked: RECORDS, broken: null, at: head, head, done: true });
	});

	test('goes on where a stretch has ended, until the end', async () => {
		let last = await walk(START, 500);
		expect(last).toMatchObject({ checked: 500, broken: null, done: false });
		let stretches = 1;
		for (; !last.done; stretches += 1) last = await walk(last.at, 500);
		expect(stretches).toBe(3);
		expect(last).toEqual({ checked: RECORDS, broken: null, at: head, head, done: true });
	});

	test('says when nobody vouches for the end', async () => {
		const away = () =>
			Promise.reject(new UpstreamError('restate-unreachable', 'away', { status: 503 }));
		expect(await walkChain(db, away, START)).toMatchObject({
			broken: null,
			head: null,
			done: true
		});
	});

	test.each<[string, string, number]>([
		['a changed record', `UPDATE audit SET reason = 'none' WHERE seq = 700`, 700],
		['a dropped record', 'DELETE FROM audit WHERE seq = 501', 501],
		['a dropped end', `DELETE FROM audit WHERE seq > 1200`, 1201],
		['a dropped beginning', 'DELETE FROM audit WHERE seq < 3', 1],
		[
			'a second record in the place of one, at the seam of two readings',
			`INSERT INTO audit (id, at, actor, role, action, target, reason, outcome, invocation_ids, seq,
				prev_hash, hash)
			SELECT 'inv_forged', at, 'eve', role, action, target, reason, outcome, invocation_ids, seq,
				prev_hash, hash || 'x' FROM audit WHERE seq = 500`,
			501
		],
		[
			'a record beside the chain',
			`INSERT INTO audit (id, at, actor, role, action, target, reason, outcome, invocation_ids)
				VALUES ('inv_forged', 1, 'eve', 'admin', 'refundOrder', 'ord_1', 'mine', 'done', '[]')`,
			RECORDS + 1
		]
	])('finds %s, also in stretches', async (_, forgery, seq) => {
		sqlite.exec(forgery);
		expect(await walk()).toMatchObject({ broken: { seq }, done: true });
		let last = await walk(START, 500);
		while (!last.done) last = await walk(last.at, 500);
		expect(last.broken?.seq).toBe(seq);
	});
});

describe('the list', () => {
	const list = async (change: Partial<AuditFilter>, before: number | null = null, limit = 5) => {
		const { rows } = await createAudit(db).list({ ...NO_AUDIT_FILTER, ...change }, before, limit);
		return rows.map(({ seq }) => seq);
	};

	test.each<[string, Partial<AuditFilter>, number[]]>([
		['nothing', {}, [1203, 1202, 1201, 1200, 1199]],
		['who', { actor: 'bob' }, [1203, 1200, 1197, 1194, 1191]],
		['an action', { action: 'refundOrder' }, [1202, 1200, 1198, 1196, 1194]],
		['an outcome', { outcomes: ['refused'] }, [1200, 1195, 1190, 1185, 1180]],
		['a ticket', { text: 'ops-7' }, [7]],
		['words of the reason', { text: 'OF 120' }, [1203, 1202, 1201, 1200, 120]],
		['a seat', { target: 'f:A-1' }, [1202, 1196, 1190, 1184, 1178]],
		['an event and its seats', { target: 'e' }, [1201, 1200, 1199, 1195, 1194]],
		['a change', { target: 'chg_1abcdefgh' }, [9]],
		['the invocation that did it', { target: 'inv_1203abcdefgh' }, [1203]],
		['a time', { range: { kind: 'between', from: 1003, to: 1005 } }, [5, 4, 3]]
	])('finds by %s', async (_, change, found) => {
		expect(await list(change)).toEqual(found);
	});

	test('pages without a gap or a double', async () => {
		expect(await list({ actor: 'bob' }, 1191)).toEqual([1188, 1185, 1182, 1179, 1176]);
	});

	test('does not read all records for what an index has', () => {
		for (const [where, index] of [
			['actor = ?', 'audit_by_actor'],
			['action = ?', 'audit_by_action'],
			['target = ?', 'audit_by_target']
		]) {
			const plan = sqlite
				.prepare(
					`EXPLAIN QUERY PLAN SELECT * FROM audit WHERE ${where ?? ''} ORDER BY seq DESC LIMIT 5`
				)
				.all('x');
			expect(JSON.stringify(plan)).toContain(index);
		}
	});
});
