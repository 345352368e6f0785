import type { D1Database } from '@cloudflare/workers-types';
import type { LogRow } from '../../shared/log-row.ts';

const KEEP_MS = 7 * 24 * 60 * 60_000;
const KEEP_ROWS = 1_000_000;
/** Pruning is not worth doing more often than this per isolate. */
const PRUNE_EVERY_MS = 60_000;

/** One statement however many rows: a statement a row took D1 longer than the sale it logged. */
const INSERT = `INSERT INTO logs
	(at, invocation_id, service, handler, key, kind, level, message, fields, outcome, cpu_ms, wall_ms)
	SELECT value ->> 'at', value ->> 'invocationId', value ->> 'service', value ->> 'handler',
		value ->> 'key', value ->> 'kind', value ->> 'level', value ->> 'message', value ->> 'fields',
		value ->> 'outcome', value ->> 'cpuMs', value ->> 'wallMs'
	FROM json_each(?)`;

/** Appends rows. */
export async function writeRows(db: D1Database, rows: readonly LogRow[]): Promise<void> {
	await db.prepare(INSERT).bind(JSON.stringify(rows)).run();
}

let prunedAt = 0;

/** Keeps the table bounded: a week, and at most a million rows. */
export async function prune(db: D1Database, now: number): Promise<void> {
	if (now - prunedAt < PRUNE_EVERY_MS) return;
	prunedAt = now;
	await db.batch([
		db.prepare('DELETE FROM logs WHERE at < ?').bind(now - KEEP_MS),
		db.prepare('DELETE FROM logs WHERE id <= (SELECT MAX(id) FROM logs) - ?').bind(KEEP_ROWS)
	]);
}
