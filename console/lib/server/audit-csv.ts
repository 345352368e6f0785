import { csvLine } from '../csv.ts';
import type { Cell } from '../csv.ts';
import type { AuditEntry } from '../audit-record.ts';
import type { AuditCursor, AuditFilter } from '../audit-filter.ts';
import { cursorAfter } from './audit-list.ts';
import type { Audit } from './audit.ts';

/** Records a statement: one keeps D1 busy for a moment only. */
const CHUNK = 500;
const CSV_ROWS = 100_000;

const json = (value: unknown): string | null =>
	value === null || value === undefined ? null : JSON.stringify(value);

const COLUMNS: readonly [name: string, read: (record: AuditEntry) => Cell][] = [
	['seq', ({ seq }) => seq],
	['time', ({ at }) => new Date(at).toISOString()],
	['actor', ({ actor }) => actor],
	['role', ({ role }) => role],
	['action', ({ action }) => action],
	['target', ({ target }) => target],
	['outcome', ({ outcome }) => outcome],
	['reason', ({ reason }) => reason],
	['ticket', ({ ticketRef }) => ticketRef],
	['before', ({ before }) => json(before)],
	['after', ({ after }) => json(after)],
	['preview', ({ preview }) => preview.join(' ') || null],
	['approvals', ({ approvals }) => (approvals.length > 0 ? json(approvals) : null)],
	['change', ({ changeId }) => changeId],
	['invocations', ({ invocationIds }) => invocationIds.join(' ')],
	['request', ({ requestId }) => requestId],
	['id', ({ id }) => id],
	['hash', ({ hash }) => hash]
];

/**
 * The records of a filter as a table, newest first, read as fast as it is taken.
 *
 * @throws UpstreamError when the first of them cannot be read
 */
export async function auditCsv(
	audit: Audit,
	filter: AuditFilter
): Promise<ReadableStream<Uint8Array>> {
	const text = new TextEncoder();
	const read = (before: AuditCursor | null) => audit.list(filter, before, CHUNK);
	let page = await read(null);
	let left = CSV_ROWS;
	return new ReadableStream<Uint8Array>({
		start(controller) {
			controller.enqueue(text.encode(csvLine(COLUMNS.map(([name]) => name))));
		},
		async pull(controller) {
			const lines = page.rows.map((row) => csvLine(COLUMNS.map(([, of]) => of(row))));
			if (lines.length > 0) controller.enqueue(text.encode(lines.join('')));
			left -= page.rows.length;
			const next = cursorAfter(page.rows, page.more);
			if (next === null || left <= 0) controller.close();
			else page = await read(next);
		}
	});
}
