import { CANCELLED_FAILURES, KILLED_FAILURE } from '../invocation.ts';
import type { Cursor, InvocationFilter } from '../invocation-filter.ts';
import { integer, text, textList, timestamp } from '$shared/sql.ts';

/**
 * Invocation queries. Restate keeps what is durable (sys_invocation_status) apart from what its
 * invoker knows now (sys_invocation_state, in memory and small); the view that joins them,
 * sys_invocation, is only cheap once the IDs are known. So: find IDs first, then read those rows.
 */

/** The operator's status in SQL; the same cases as `readStatus` in console/lib/invocation.ts. */
const STATUS = `CASE
	WHEN s.status = 'invoked' AND NOT r.in_flight AND r.retry_count > 0 THEN 'backing-off'
	WHEN s.status = 'invoked' THEN 'running'
	WHEN s.status = 'inboxed' THEN 'pending'
	WHEN s.status <> 'completed' THEN s.status
	WHEN s.completion_result = 'success' THEN 'succeeded'
	WHEN lower(s.completion_failure) IN ${textList(CANCELLED_FAILURES)} THEN 'cancelled'
	WHEN lower(s.completion_failure) = ${text(KILLED_FAILURE)} THEN 'killed'
	ELSE 'failed' END`;

const FROM = `FROM sys_invocation_status s LEFT JOIN sys_invocation_state r ON r.id = s.id`;

function conditions(filter: InvocationFilter): string[] {
	const { statuses, service, handler, keyPrefix, error } = filter;
	const failure = `lower(coalesce(s.completion_failure, r.last_failure, ''))`;
	return [
		...(statuses.length > 0 ? [`${STATUS} IN ${textList(statuses)}`] : []),
		...(service === null ? [] : [`s.target_service_name = ${text(service)}`]),
		...(handler === null ? [] : [`s.target_handler_name = ${text(handler)}`]),
		...(keyPrefix === null ? [] : [`starts_with(s.target_service_key, ${text(keyPrefix)})`]),
		...(error === null ? [] : [`strpos(${failure}, lower(${text(error)})) > 0`])
	];
}

const where = (all: readonly string[]): string =>
	all.length > 0 ? `WHERE ${all.join(' AND ')}` : '';

/** IDs of the newest invocations of a filter, from `before` on. */
export function listIds(filter: InvocationFilter, before: Cursor | null, limit: number): string {
	const older =
		before === null
			? []
			: [
					`(s.created_at < ${timestamp(before.createdAt)} OR ` +
						`(s.created_at = ${timestamp(before.createdAt)} AND s.id < ${text(before.id)}))`
				];
	return `SELECT s.id ${FROM} ${where([...conditions(filter), ...older])}
		ORDER BY s.created_at DESC, s.id DESC LIMIT ${integer(limit)}`;
}

/** How many invocations of a filter are in each status, whatever statuses the filter names. */
export const countByStatus = (filter: InvocationFilter): string =>
	`SELECT ${STATUS} AS status, count(*) AS n ${FROM}
		${where(conditions({ ...filter, statuses: [] }))} GROUP BY 1`;

/**
 * IDs of an object key's newest invocations, some handlers left out. `scope IS NULL` lets Restate
 * read one partition.
 */
export const listIdsOfKey = (
	service: string,
	key: string,
	{ limit, without }: { limit: number; without: readonly string[] }
): string =>
	`SELECT id FROM sys_invocation_status WHERE scope IS NULL
		AND target_service_name = ${text(service)} AND target_service_key = ${text(key)}
		AND target_handler_name NOT IN ${textList(without)}
		ORDER BY created_at DESC, id DESC LIMIT ${integer(limit)}`;

// Restate 1.7.12 leaves scheduled_start_at empty unless scheduled_at is asked for as well.
export const LIST_COLUMNS = `id, status, target_service_name, target_service_key, target_handler_name,
	created_at, modified_at, completed_at, scheduled_at, scheduled_start_at, completion_result,
	completion_failure, retry_count, next_retry_at, last_failure,
	last_failure_related_command_name, last_failure_related_command_type`;

/** The rows of known IDs. */
export const readRows = (ids: readonly string[]): string =>
	`SELECT ${LIST_COLUMNS} FROM sys_invocation WHERE id IN ${textList(ids)}`;
