import type { LogReading, LogTail } from '../log-reading.ts';
import { parseLogCursor, parseLogFilter, parseSeen } from '../log-filter.ts';
import type { Logs } from './logs.ts';
import type { LogFormat } from './log-formats.ts';
import { UpstreamError } from './upstream-error.ts';

/** Reads the page that a URL asks for. @throws UpstreamError 400 for a URL it cannot read */
export async function readLogPage(logs: Logs, params: URLSearchParams): Promise<LogReading> {
	const filter = valid(parseLogFilter(params));
	const before = valid(parseLogCursor(params));
	const begun = Date.now();
	const page = await logs.page(filter, before, begun);
	const readAt = Date.now();
	return { filter, before, ...page, readAt, tookMs: readAt - begun };
}

/** Reads what has come since `after`. @throws UpstreamError 400 for a URL it cannot read */
export async function readLogTail(logs: Logs, params: URLSearchParams): Promise<LogTail> {
	const filter = valid(parseLogFilter(params));
	const seen = valid(parseSeen(params));
	const readAt = Date.now();
	return { ...(await logs.tail(filter, seen, readAt)), readAt };
}

/** What a download takes from the store at a time, and in all. */
const CHUNK_ROWS = 1_000;
const DOWNLOAD_ROWS = 100_000;

/**
 * The rows that a URL asks for, newest first, as a stream of text that is read as fast as it is
 * taken.
 *
 * @throws UpstreamError 400 for a URL it cannot read, 503 when the first rows cannot be read
 */
export async function downloadLogs(
	logs: Logs,
	params: URLSearchParams,
	print: LogFormat
): Promise<ReadableStream<Uint8Array>> {
	const filter = valid(parseLogFilter(params));
	const now = Date.now();
	const encoder = new TextEncoder();
	let rows = await logs.rows(filter, null, CHUNK_ROWS, now);
	let head = print.head;
	let sent = 0;
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			controller.enqueue(encoder.encode(head + rows.map(print.row).join('')));
			head = '';
			sent += rows.length;
			const last = rows.at(-1);
			if (!last || rows.length < CHUNK_ROWS || sent >= DOWNLOAD_ROWS) controller.close();
			else rows = await logs.rows(filter, { at: last.at, id: last.id }, CHUNK_ROWS, now);
		}
	});
}

function valid<T>(parsed: { ok: true; value: T } | { ok: false; message: string }): T {
	if (parsed.ok) return parsed.value;
	throw new UpstreamError('bad-request', parsed.message, { status: 400 });
}
