import { readFailure, readStatus } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import { listIdsOfKey, readRows } from './invocation-sql.ts';
import type { Admin } from './restate-admin.ts';

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
	return inOrder(ids, rows.map(readInvocation));
}

/** Puts rows in the order of their IDs; one that was purged meanwhile is left out. */
export function inOrder<Row extends { id: string }>(ids: readonly string[], rows: Row[]): Row[] {
	const byId = new Map(rows.map((row) => [row.id, row]));
	return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
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
		// The counter counts the attempt under way as well.
		retryCount: Math.max(0, (row.retry_count ?? 0) - (row.status === 'running' ? 1 : 0)),
		nextRetryAt: status === 'backing-off' ? readTime(row.next_retry_at) : null,
		failure: readFailure(row.completion_failure ?? row.last_failure),
		failedStep: step === '' ? (row.last_failure_related_command_type ?? null) : step
	};
}

export const readTime = (text: string | undefined): number | null =>
	text === undefined ? null : Date.parse(text);
