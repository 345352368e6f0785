import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { inject } from 'vitest';
import './provided.ts';

/** Reads the running stack's D1, from the file that workerd keeps it in. */
export function readD1<Row>(sql: string, ...values: SQLInputValue[]): Row[] {
	const folder = join(inject('settings').dataDir, 'workers/v3/d1/miniflare-D1DatabaseObject');
	const file = readdirSync(folder).find((name) => /^[0-9a-f]+\.sqlite$/.test(name));
	if (file === undefined) throw new Error(`no D1 database in ${folder}`);
	const database = new DatabaseSync(join(folder, file), { readOnly: true });
	try {
		return database.prepare(sql).all(...values) as Row[];
	} finally {
		database.close();
	}
}
