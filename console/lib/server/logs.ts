import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types';
import type { LogKind, LogLevel, StoredLog } from '$shared/log-row.ts';
import { redactJson, redactText } from '../journal/redact.ts';
import type { LogCursor, LogFilter } from '../log-filter.ts';
import type { LogPage, LogTail } from '../log-reading.ts';
import { countsQuery, rowsQuery, SERVICES_QUERY, tailQuery } from './log-sql.ts';
import type { LogQuery } from './log-sql.ts';
import { UpstreamError } from './upstream-error.ts';

/** The Worker's log lines, exceptions and outcomes, as the tail Worker left them in D1. */
export interface Logs {
	/** An invocation's newest rows of those after one, oldest first. */
	byInvocation: (invocationId: string, after?: number) => Promise<StoredLog[]>;
	/** One page, without secrets. */
	page: (filter: LogFilter, before: LogCursor | null, now: number) => Promise<LogPage>;
	/** Rows only, without secrets: for the pages of a download. */
	rows: (
		filter: LogFilter,
		before: LogCursor | null,
		limit: number,
		now: number
	) => Promise<StoredLog[]>;
	/** What has been written since row `after`, without secrets. */
	tail: (filter: LogFilter, after: number, now: number) => Promise<Omit<LogTail, 'readAt'>>;
}

const INVOCATION_LIMIT = 1000;
const PAGE_ROWS = 100;
/** A tail that falls further behind begins again from the newest page. */
const TAIL_ROWS = 300;

/**
 * @param options.wholeText whether text is looked for in the fields as well. A reader who may not
 *   see them could spell them out by asking
 * @throws UpstreamError from every method when D1 fails
 */
export function createLogs(db: D1Database, options: { wholeText: boolean }): Logs {
	const prepare = ({ sql, values }: LogQuery): D1PreparedStatement =>
		db.prepare(sql).bind(...values);
	const newestId = () => db.prepare('SELECT coalesce(max(id), 0) AS seen FROM logs');

	return {
		byInvocation: (invocationId, after = 0) =>
			reading(async () => {
				const { results } = await db
					.prepare('SELECT * FROM logs WHERE invocation_id = ? AND id > ? ORDER BY id DESC LIMIT ?')
					.bind(invocationId, after, INVOCATION_LIMIT)
					.all<StoredRow>();
				return results.reverse().map(readRow);
			}),

		page: (filter, before, now) =>
			reading(async () => {
				const [newest, found, counted, services] = await db.batch([
					newestId(),
					prepare(rowsQuery(filter, { before, limit: PAGE_ROWS + 1, now, ...options })),
					prepare(countsQuery(filter, { now, ...options })),
					db.prepare(SERVICES_QUERY)
				]);
				const rows = resultsOf<StoredRow>(found);
				const last = rows[PAGE_ROWS - 1];
				const counts = resultsOf<{ level: LogLevel; rows: number }>(counted);
				return {
					rows: rows.slice(0, PAGE_ROWS).map(showRow),
					next: last && rows.length > PAGE_ROWS ? { at: last.at, id: last.id } : null,
					counts: {
						...{ error: 0, warn: 0, info: 0, debug: 0 },
						...Object.fromEntries(counts.map((count) => [count.level, count.rows]))
					},
					services: resultsOf<{ name: string }>(services).map(({ name }) => name),
					seen: resultsOf<{ seen: number }>(newest)[0]?.seen ?? 0
				};
			}),

		rows: (filter, before, limit, now) =>
			reading(async () => {
				const { results } = await prepare(
					rowsQuery(filter, { before, limit, now, ...options })
				).all<StoredRow>();
				return results.map(showRow);
			}),

		tail: (filter, after, now) =>
			reading(async () => {
				const [newest, found] = await db.batch([
					newestId(),
					prepare(tailQuery(filter, { after, limit: TAIL_ROWS + 1, now, ...options }))
				]);
				const rows = resultsOf<StoredRow>(found);
				return {
					rows: rows.slice(0, TAIL_ROWS).map(showRow),
					seen: resultsOf<{ seen: number }>(newest)[0]?.seen ?? after,
					more: rows.length > TAIL_ROWS
				};
			})
	};
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
	try {
		return await read();
	} catch (cause) {
		throw new UpstreamError('logs-unreadable', 'The log store (D1) cannot be read now', {
			status: 503,
			retryable: true,
			cause
		});
	}
}

const resultsOf = <Row>(result: { results: unknown[] } | undefined): Row[] =>
	(result?.results ?? []) as Row[];

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

function showRow(stored: StoredRow): StoredLog {
	const row = readRow(stored);
	return {
		...row,
		message: redactText(row.message),
		fields: redactJson(row.fields) as StoredLog['fields']
	};
}
