import type { D1Database, TraceItem } from '@cloudflare/workers-types';
import { prune, writeRows } from './store.ts';
import { toRows } from './rows.ts';

interface Env {
	DB: D1Database;
}

export default {
	async tail(events: TraceItem[], env: Env): Promise<void> {
		const rows = events.flatMap(toRows);
		if (rows.length === 0) return;
		await writeRows(env.DB, rows);
		await prune(env.DB, Date.now());
	}
};
