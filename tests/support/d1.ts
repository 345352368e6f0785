import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { inject } from 'vitest';
import { queryD1 } from '../../scripts/stack/d1.ts';
import './provided.ts';

/** Reads the running stack's D1. */
export const readD1 = <Row>(sql: string, ...values: SQLInputValue[]): Row[] =>
	queryD1<Row>(inject('settings').dataDir, sql, ...values);

/** Writes to a stack's D1 from outside, which nothing in the sale can do. */
export function writeD1(dataDir: string, sql: string, ...values: SQLInputValue[]): void {
	const folder = join(dataDir, 'workers/v3/d1/miniflare-D1DatabaseObject');
	const file = readdirSync(folder).find((name) => /^[0-9a-f]+\.sqlite$/.test(name));
	if (file === undefined) throw new Error(`no D1 database in ${folder}`);
	const database = new DatabaseSync(join(folder, file), { timeout: 5000 });
	try {
		database.prepare(sql).run(...values);
	} finally {
		database.close();
	}
}
