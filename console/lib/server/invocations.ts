import { readFailure, readStatus } from '../invocation.ts';
import type { Invocation, InvocationStatus } from '../invocation.ts';
import type { Cursor, InvocationFilter } from '../invocation-filter.ts';
import { countByStatus, listIds, listIdsOfKey, readRows } from './invocation-sql.ts';
import type { Admin } from './restate-admin.ts';

export const PAGE_SIZE = 50;

export interface InvocationPage {
	rows: Invocation[];
	/** Where the next older page begins; null on the last one. */
	next: Cursor | null;
}

/** The newest invocations of a filter, a page at a time. @throws UpstreamError */
export async function listInvocations(
	admin: Admin,
	filter: InvocationFilter,
	before: Cursor | null
): Promise<InvocationPage> {
	const found = await admin.query<{ id: string }>(listIds(filter, before, PAGE_SIZE + 1));
	const rows = await hydrate(
		admin,
		found.slice(0, PAGE_SIZE).map(({ id }) => id)
	);
	const last = rows.at(-1);
	const next = found.length > PAGE_SIZE && last ? { createdAt: last.createdAt, id: last.id } : null;
	return { rows, next };
}

/** How many invocations are in each status, of those that match the rest of the filter. */
export async function countInvocations(
	admin: Admin,
	filter: InvocationFilter
): Promise<Partial<Record<InvocationStatus, number>>> {
	const counts = await admin.query<{ status: InvocationStatus; n: number }>(countByStatus(filter));
	return Object.fromEntries(counts.map(({ status, n }) => [status, n]));
}

/** An object key's newest invocations, some handlers left out. @throws UpstreamError */
export async function invocationsOfKey(
	admin: Admin,
	service: string,
	key: string,
	which: { limit: number; without: readonly string[] }
): Promise<Invocation[]> {
	const found = await admin.query<{ id: string }>(listIdsOfKey(service, key, which));
	return hydrate(
		admin,
		found.map(({ id }) => id)
	);
}

async function hydrate(admin: Admin, ids: string[]): Promise<Invocation[]> {
	if (ids.length === 0) return [];
	const rows = await admin.query<InvocationRow>(readRows(ids));
	const byId = new Map(rows.map((row) => [row.id, readInvocation(row)]));
	// One that ended and was purged between the two queries is left out.
	return ids.map((id) => byId.get(id)).filter((invocation) => invocation !== undefined);
}

/** A row of sys_invocation; NULL columns are absent. */
export interface InvocationRow {
	id: string;
	status: string;
	target_service_name: string;
	target_service_key?: string;
	target_handler_name: string;
	created_at: string;
	modified_at: string;
	completed_at?: string;
	scheduled_start_at?: string;
	completion_result?: string;
	completion_failure?: string;
	retry_count?: number;
	next_retry_at?: string;
	last_failure?: string;
	last_failure_related_command_name?: string;
	last_failure_related_command_type?: string;
}

export function readInvocation(row: InvocationRow): Invocation {
	const status = readStatus(row.status, row.completion_result, row.completion_failure);
	const step = row.last_failure_related_command_name ?? '';
	return {
		id: row.id,
		status,
		service: row.target_service_name,
		key: row.target_service_key ?? null,
		handler: row.target_handler_name,
		createdAt: Date.parse(row.created_at),
		modifiedAt: Date.parse(row.modified_at),
		completedAt: readTime(row.completed_at),
		startsAt: status === 'scheduled' ? readTime(row.scheduled_start_at) : null,
		retryCount: row.retry_count ?? 0,
		nextRetryAt: status === 'backing-off' ? readTime(row.next_retry_at) : null,
		failure: readFailure(row.completion_failure ?? row.last_failure),
		failedStep: step === '' ? (row.last_failure_related_command_type ?? null) : step
	};
}

export const readTime = (text: string | undefined): number | null =>
	text === undefined ? null : Date.parse(text);
