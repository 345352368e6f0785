import type { SQLInputValue } from 'node:sqlite';
import { inject } from 'vitest';
import { queryD1 } from '../../scripts/stack/d1.ts';
import './provided.ts';

/** Reads the running stack's D1. */
export const readD1 = <Row>(sql: string, ...values: SQLInputValue[]): Row[] =>
	queryD1<Row>(inject('settings').dataDir, sql, ...values);
