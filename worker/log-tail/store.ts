import type { D1Database } from '@cloudflare/workers-types';
import type { LogRow } from '../../shared/log-row.ts';

const KEEP_MS = 7 * 24 * 60 * 60_000;
const KEEP_ROWS = 1_000_000;
/** Pruning is not worth doing more often than this per isolate. */
const PRUNE_EVERY_MS = 60_000;

const INSERT = `INSERT INTO logs
	(at, invocation_id, service, handler, key, kind, level, message, fields, outcome, cpu_ms, wall_ms)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Appends rows in one batch. */
export async function writeRows(db: D1Database, rows: readonly LogRow[]): Promise<void> {
	const insert = db.prepare(INSERT);
	await db.batch(
		rows.map((row) =>
			insert.bind(
				row.at,
				row.invocationId,
				row.service,
				row.handler,
				row.key,
				row.kind,
				row.level,
				row.message,
				row.fields ? JSON.stringify(row.fields) : null,
				row.outcome,
				row.cpuMs,
				row.wallMs
			)
		)
	);
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
