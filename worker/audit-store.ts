import type { D1Database } from '@cloudflare/workers-types';
import { GENESIS, hashRecord } from '../shared/audit-chain.ts';
import type { ChainedRecord, ChainHead } from '../shared/audit-chain.ts';

/** A record before it has its place in the chain. */
export type AuditEntry = Omit<ChainedRecord, 'seq' | 'at' | 'prev_hash' | 'hash'>;

const COLUMNS = [
	'id',
	'at',
	'actor',
	'role',
	'action',
	'target',
	'reason',
	'ticket_ref',
	'before',
	'after',
	'outcome',
	'invocation_ids',
	'request_id',
	'change_id',
	'preview',
	'approvals',
	'seq',
	'prev_hash',
	'hash'
] as const satisfies readonly (keyof ChainedRecord)[];

export const emptyChain = (): ChainHead => ({ seq: 0, hash: GENESIS });

/** Gives entries their places after `head`; those that D1 has already are left out. */
export async function chainEntries(
	db: D1Database,
	head: ChainHead,
	entries: readonly AuditEntry[],
	now: number
): Promise<ChainedRecord[]> {
	const ids = JSON.stringify(entries.map(({ id }) => id));
	const { results } = await db
		.prepare('SELECT id FROM audit WHERE id IN (SELECT value FROM json_each(?))')
		.bind(ids)
		.all<{ id: string }>();
	const known = new Set(results.map(({ id }) => id));
	const fresh = entries.filter(({ id }) => !known.has(id));
	return chain(
		head,
		fresh.map((entry) => ({ ...entry, at: now }))
	);
}

async function chain(
	head: ChainHead,
	records: readonly Omit<ChainedRecord, 'seq' | 'prev_hash' | 'hash'>[]
): Promise<ChainedRecord[]> {
	const chained: ChainedRecord[] = [];
	let last = head;
	for (const record of records) {
		const placed = { ...record, seq: last.seq + 1, prev_hash: last.hash };
		const hash = await hashRecord(placed);
		chained.push({ ...placed, hash });
		last = { seq: placed.seq, hash };
	}
	return chained;
}

/** Writes chained records. Repeating it adds nothing: a record's ID is written once. */
export async function insertRecords(
	db: D1Database,
	records: readonly ChainedRecord[]
): Promise<void> {
	if (records.length === 0) return;
	const insert = db.prepare(
		`INSERT INTO audit (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
		ON CONFLICT (id) DO NOTHING`
	);
	await db.batch(records.map((record) => insert.bind(...COLUMNS.map((column) => record[column]))));
}

/** More rows than one transaction should hold. */
const BATCH = 100;

/**
 * Chains the rows from before there was a chain, in the order of their time. While this is under way
 * nothing else is written, so repeating it after a crash gives each row the place it has.
 */
export async function chainOlderRecords(db: D1Database): Promise<ChainHead> {
	const { results } = await db
		.prepare('SELECT * FROM audit ORDER BY at, id')
		.all<ChainedRecord & { seq: number | null }>();
	const records = await chain(emptyChain(), results);
	const place = db.prepare(
		'UPDATE audit SET seq = ?2, prev_hash = ?3, hash = ?4 WHERE id = ?1 AND seq IS NULL'
	);
	for (let start = 0; start < records.length; start += BATCH)
		await db.batch(
			records
				.slice(start, start + BATCH)
				.map(({ id, seq, prev_hash, hash }) => place.bind(id, seq, prev_hash, hash))
		);
	const last = records.at(-1);
	return last ? { seq: last.seq, hash: last.hash } : emptyChain();
}
