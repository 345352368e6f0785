import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { inject } from 'vitest';
import { d1File, queryD1 } from '../../scripts/stack/d1.ts';
import './provided.ts';

/** Reads the running stack's D1. */
export const readD1 = <Row>(sql: string, ...values: SQLInputValue[]): Row[] =>
	queryD1<Row>(inject('settings').dataDir, sql, ...values);

/** Writes to a stack's D1 from outside, which nothing in the sale can do. */
export function writeD1(dataDir: string, sql: string, ...values: SQLInputValue[]): void {
	const database = new DatabaseSync(d1File(dataDir), { timeout: 5000 });
	try {
		database.prepare(sql).run(...values);
	} finally {
		database.close();
	}
}
