import type { D1Database } from '@cloudflare/workers-types';
import type { LogKind, LogLevel, LogRow } from '$shared/log-row.ts';
import { UpstreamError } from './upstream-error.ts';

/** A log row as stored: its ID orders rows written in the same millisecond. */
export interface StoredLog extends LogRow {
	id: number;
}

/** The Worker's log lines, exceptions and outcomes, as the tail Worker left them in D1. */
export interface Logs {
	/** An invocation's newest rows, oldest first. */
	byInvocation: (invocationId: string) => Promise<StoredLog[]>;
}

const LIMIT = 1000;

/** @throws UpstreamError when D1 fails */
export const createLogs = (db: D1Database): Logs => ({
	async byInvocation(invocationId) {
		try {
			const { results } = await db
				.prepare('SELECT * FROM logs WHERE invocation_id = ? ORDER BY id DESC LIMIT ?')
				.bind(invocationId, LIMIT)
				.all<StoredRow>();
			return results.reverse().map(readRow);
		} catch (cause) {
			throw new UpstreamError('logs-unreadable', 'The log store (D1) cannot be read now', {
				status: 503,
				retryable: true,
				cause
			});
		}
	}
});

interface StoredRow {
	id: number;
	at: number;
	invocation_id: string | null;
	service: string | null;
	handler: string | null;
	key: string | null;
	kind: LogKind;
	level: LogLevel;
	message: string;
	fields: string | null;
	outcome: string | null;
	cpu_ms: number | null;
	wall_ms: number | null;
}

const readRow = (row: StoredRow): StoredLog => ({
	id: row.id,
	at: row.at,
	invocationId: row.invocation_id,
	service: row.service,
	handler: row.handler,
	key: row.key,
	kind: row.kind,
	level: row.level,
	message: row.message,
	fields: row.fields === null ? null : (JSON.parse(row.fields) as Record<string, unknown>),
	outcome: row.outcome,
	cpuMs: row.cpu_ms,
	wallMs: row.wall_ms
});
