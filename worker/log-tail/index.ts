import type { D1Database, ExecutionContext, TraceItem } from '@cloudflare/workers-types';
import type { LogRow } from '../../shared/log-row.ts';
import { toRows } from './rows.ts';
import { prune, writeRows } from './store.ts';

interface Env {
	DB: D1Database;
}

/**
 * Every call of the service Worker ends here on its own, hundreds a second in a sale. Rows are
 * gathered for a moment and written together, so that logging costs D1 a few batches a second and
 * the sale next to nothing.
 */
const GATHER_MS = 200;
const BATCH_ROWS = 500;

let pending: LogRow[] = [];

export default {
	tail(events: TraceItem[], env: Env, ctx: ExecutionContext): void {
		const rows = events.flatMap(toRows);
		// One call's life spans the gathering; the calls that join it have nothing to wait for.
		const first = pending.length === 0 && rows.length > 0;
		pending.push(...rows);
		if (first) ctx.waitUntil(writePending(env.DB));
	}
};

async function writePending(db: D1Database): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
	const rows = pending;
	pending = [];
	for (let start = 0; start < rows.length; start += BATCH_ROWS)
		await writeRows(db, rows.slice(start, start + BATCH_ROWS));
	await prune(db, Date.now());
}
