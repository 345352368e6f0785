import { LIST_COLUMNS } from './invocation-sql.ts';
import { integer, text, timestamp } from '$shared/sql.ts';

/** Queries about one invocation. All of them name its ID or its key, so each reads one partition. */

/** All of one invocation but its journal. */
export const readDetail = (id: string): string =>
	`SELECT ${LIST_COLUMNS}, running_at, pinned_deployment_id, last_attempt_deployment_id,
		invoked_by, invoked_by_id, invoked_by_target, idempotency_key, restarted_from,
		journal_size, completion_retention, journal_retention
	FROM sys_invocation WHERE id = ${text(id)}`;

/** Entries above this come without their payloads: a window of them stays small. */
const PREVIEWED_BYTES = 1024;

const ENTRY_COLUMNS = 'index, entry_type, name, appended_at, raw_length';

/** A window of an invocation's journal, from one index up to and without another. */
export const readWindow = (id: string, from: number, to: number): string =>
	`SELECT ${ENTRY_COLUMNS},
			CASE WHEN raw_length <= ${integer(PREVIEWED_BYTES)} THEN entry_json END AS entry_json,
			CASE WHEN raw_length > ${integer(PREVIEWED_BYTES)} THEN entry_lite_json END AS entry_lite_json
		FROM sys_journal
		WHERE id = ${text(id)} AND index >= ${integer(from)} AND index < ${integer(to)}
		ORDER BY index`;

/** Whole journal entries, of those that are not larger than `bytes`; of the others their size. */
export const readEntries = (id: string, indexes: readonly number[], bytes: number): string =>
	`SELECT ${ENTRY_COLUMNS},
			CASE WHEN raw_length <= ${integer(bytes)} THEN entry_json END AS entry_json
		FROM sys_journal
		WHERE id = ${text(id)} AND index IN (${indexes.map(integer).join(', ')}) ORDER BY index`;

/** An invocation's newest failed attempts and pauses from a time on, newest first. */
export const readEvents = (id: string, since: number, limit: number): string =>
	`SELECT after_journal_entry_index, appended_at, event_type, event_json
		FROM sys_journal_events WHERE id = ${text(id)} AND appended_at >= ${timestamp(since)}
		ORDER BY appended_at DESC LIMIT ${integer(limit)}`;

/** Who holds the lock of an object key. */
export const readLockHolder = (service: string, key: string): string =>
	`SELECT invocation_id FROM sys_keyed_service_status
		WHERE service_name = ${text(service)} AND service_key = ${text(key)}`;

/** Who waits for the lock of an object key, in their order. */
export const readQueue = (service: string, key: string, limit: number): string =>
	`SELECT id FROM sys_inbox
		WHERE service_name = ${text(service)} AND service_key = ${text(key)}
		ORDER BY sequence_number LIMIT ${integer(limit)}`;

/** How many invocations wait for the lock of an object key. */
export const countInbox = (service: string, key: string): string =>
	`SELECT count(*) AS n FROM sys_inbox
		WHERE service_name = ${text(service)} AND service_key = ${text(key)}`;

/** The deployment that a service's new invocations go to. */
export const readLatestDeployment = (service: string): string =>
	`SELECT deployment_id FROM sys_service WHERE name = ${text(service)}`;
