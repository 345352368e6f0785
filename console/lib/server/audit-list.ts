import type { AuditEntry } from '../audit-record.ts';
import { parseAuditCursor, parseAuditFilter } from '../audit-filter.ts';
import type { AuditCursor, AuditFilter } from '../audit-filter.ts';
import type { Audit } from './audit.ts';
import { UpstreamError } from './upstream-error.ts';

export const PAGE_SIZE = 50;

/** One reading of the audit. */
export interface AuditList {
	filter: AuditFilter;
	before: AuditCursor | null;
	rows: AuditEntry[];
	/** Where the next older page begins; null on the last one. */
	next: AuditCursor | null;
	/** Kinds of change to choose from. */
	actions: string[];
	readAt: number;
	/** What the reading cost, which sets how often it is repeated. */
	tookMs: number;
}

/** Reads the records that an address asks for. @throws UpstreamError 400 for one it cannot read */
export async function readAuditList(audit: Audit, params: URLSearchParams): Promise<AuditList> {
	const filter = readFilter(params);
	const before = valid(parseAuditCursor(params));
	const begun = Date.now();
	const [{ rows, more }, actions] = await Promise.all([
		audit.list(filter, before, PAGE_SIZE),
		audit.actions()
	]);
	const readAt = Date.now();
	return {
		...{ filter, before, rows, actions },
		next: cursorAfter(rows, more),
		readAt,
		tookMs: readAt - begun
	};
}

/** The filter of an address. @throws UpstreamError 400 for one it cannot read */
export const readFilter = (params: URLSearchParams): AuditFilter => valid(parseAuditFilter(params));

/** Where the page after these records begins. Those without a place in the chain are the oldest. */
export const cursorAfter = (rows: readonly AuditEntry[], more: boolean): AuditCursor | null =>
	more ? (rows.at(-1)?.seq ?? null) : null;

function valid<T>(parsed: { ok: true; value: T } | { ok: false; message: string }): T {
	if (parsed.ok) return parsed.value;
	throw new UpstreamError('bad-request', parsed.message, { status: 400 });
}
