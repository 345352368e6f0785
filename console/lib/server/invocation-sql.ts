import { integer, text, textList } from '$shared/sql.ts';

/**
 * Queries of single invocations and object keys; those of the list are in invocation-list-sql.ts.
 */

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
