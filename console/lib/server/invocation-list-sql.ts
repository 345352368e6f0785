import {
	CANCELLED_FAILURES,
	INVOCATION_STATUSES,
	KILLED_FAILURE,
	isInvocationId
} from '../invocation.ts';
import type { InvocationStatus } from '../invocation.ts';
import { TIME_FIELDS } from '../invocation-filter.ts';
import type { InvocationFilter } from '../invocation-filter.ts';
import { isTimeSort } from '../invocation-view.ts';
import type { Position, Sort, SortField } from '../invocation-view.ts';
import { boundsOf } from '../time-range.ts';
import type { Concern, Selection } from './invocation-selection.ts';
import { integer, text, textList, timestamp } from '$shared/sql.ts';

/**
 * Queries of the invocation list. Restate keeps what is durable (sys_invocation_status) apart from
 * what its invoker knows now (sys_invocation_state, in memory and small); the view that joins
 * them, sys_invocation, is only cheap once the IDs are known. So: find IDs first, then read those
 * rows.
 */

/** When an operator's status holds, asked from the first on; the same cases as `readStatus`. */
const STATUS_CASES: [InvocationStatus, string][] = [
	['backing-off', `s.status = 'invoked' AND NOT r.in_flight AND r.retry_count > 0`],
	['running', `s.status = 'invoked'`],
	['pending', `s.status = 'inboxed'`],
	['scheduled', `s.status = 'scheduled'`],
	['suspended', `s.status = 'suspended'`],
	['paused', `s.status = 'paused'`],
	['succeeded', `s.completion_result = 'success'`],
	['cancelled', `lower(s.completion_failure) IN ${textList(CANCELLED_FAILURES)}`],
	['killed', `lower(s.completion_failure) = ${text(KILLED_FAILURE)}`],
	['failed', `s.status = 'completed'`]
];

const STATUS = `CASE ${STATUS_CASES.map(([name, holds]) => `WHEN ${holds} THEN ${text(name)}`).join(' ')}
	ELSE 'running' END`;

/** Restate's own status of each of ours, by which most rows are passed over before more is read. */
const DURABLE_STATUS: Partial<Record<InvocationStatus, string>> = {
	pending: 'inboxed',
	scheduled: 'scheduled',
	suspended: 'suspended',
	paused: 'paused',
	succeeded: 'completed',
	failed: 'completed',
	cancelled: 'completed',
	killed: 'completed'
};

/** Failed attempts: the counter counts the attempt under way as well. */
const RETRIES = `coalesce(r.retry_count - CASE WHEN r.in_flight THEN 1 ELSE 0 END, 0)`;

const millis = (column: string): string => `CAST(${column} AS BIGINT)`;

/** What a row is sorted by; `last` stands for a value that it does not have. */
const SORT_VALUES: Record<SortField, (last: number) => string> = {
	created: () => 's.created_at',
	modified: () => 's.modified_at',
	completed: (last) => `coalesce(s.completed_at, ${timestamp(last)})`,
	// One more than it took: a call may take no whole millisecond, and 0 is for those without an end.
	duration: (last) =>
		`coalesce(${millis('s.completed_at')} - ${millis('s.created_at')} + 1, ${integer(last)})`,
	retries: () => RETRIES
};

/** Beyond whatever a row may have: the end of year 9999 is the last moment that prints. */
const LEAST = 0;
const MOST = Date.UTC(9999, 11, 31);

const sortValue = ({ by, descending }: Sort): string => SORT_VALUES[by](descending ? LEAST : MOST);

/** The table of what the invoker knows is joined only where the query speaks of it. */
const from = (rest: string): string =>
	/\br\./.test(rest)
		? 'FROM sys_invocation_status s LEFT JOIN sys_invocation_state r ON r.id = s.id'
		: 'FROM sys_invocation_status s';

/**
 * A page of a selection, as IDs and the values they are sorted by; backwards when it ends at a
 * position.
 */
export function listIds(
	selection: Selection,
	{ sort, position, limit }: { sort: Sort; position: Position | null; limit: number }
): string {
	const descending = sort.descending !== (position?.side === 'before');
	const direction = descending ? 'DESC' : 'ASC';
	const value = sortValue(sort);
	const beyond = position === null ? [] : [beyondPosition(sort, position, descending)];
	const rest = `${where([...conditions(selection), ...beyond])}
		ORDER BY ${value} ${direction}, s.id ${direction} LIMIT ${integer(limit)}`;
	return `SELECT s.id, ${value} AS place ${from(rest)} ${rest}`;
}

function beyondPosition(sort: Sort, { value, id }: Position, descending: boolean): string {
	const column = sortValue(sort);
	const bound = isTimeSort(sort.by) ? timestamp(value) : integer(value);
	const beyond = descending ? '<' : '>';
	if (id === null) return `${column} ${beyond}= ${bound}`;
	return `(${column} ${beyond} ${bound} OR (${column} = ${bound} AND s.id ${beyond} ${text(id)}))`;
}

/** How many invocations of a selection are in each status, whatever statuses its filter names. */
export function countByStatus(selection: Selection): string {
	const any = { ...selection, filter: { ...selection.filter, statuses: [] } };
	const rest = `${where(conditions(any))} GROUP BY 1`;
	return `SELECT ${STATUS} AS status, count(*) AS n ${from(STATUS)} ${rest}
		LIMIT ${INVOCATION_STATUSES.length}`;
}

/** All of a selection, up to a limit, each with its status; the oldest first. */
export function choose(selection: Selection, limit: number): string {
	const rest = `${where(conditions(selection))} ORDER BY s.created_at, s.id LIMIT ${integer(limit)}`;
	return `SELECT s.id, ${STATUS} AS status ${from(STATUS)} ${rest}`;
}

/** The same of known IDs. */
export const chooseAmong = (ids: readonly string[]): string =>
	`SELECT s.id, ${STATUS} AS status ${from(STATUS)} WHERE s.id IN ${textList(ids)}
		ORDER BY s.created_at, s.id LIMIT ${integer(ids.length)}`;

const where = (all: readonly string[]): string =>
	all.length > 0 ? `WHERE ${all.join(' AND ')}` : '';

const FAILURE = `lower(coalesce(s.completion_failure, r.last_failure, ''))`;

function conditions({ filter, now, concerns, wholeNames = false }: Selection): string[] {
	const { service, handler, deployment, idempotencyKey, error, retries } = filter;
	const partial = error !== null || (filter.key?.endsWith('*') ?? false);
	return [
		...ofStatuses(filter.statuses),
		...equal('s.target_service_name', service),
		...equal('s.target_handler_name', handler),
		...(filter.key === null ? [] : [ofKey(filter.key)]),
		...equal('s.pinned_deployment_id', deployment),
		...(filter.caller === null ? [] : [ofCaller(filter.caller)]),
		...equal('s.idempotency_key', idempotencyKey),
		...(retries === null ? [] : [`${RETRIES} >= ${integer(retries)}`]),
		...(error === null ? [] : [`strpos(${FAILURE}, lower(${text(error)})) > 0`]),
		// A session's key is its user, and its refusals name them.
		...(wholeNames && partial ? [`s.target_service_name <> 'UserSession'`] : []),
		...ofTimes(filter, now),
		...concerns.map(ofConcern)
	];
}

const equal = (column: string, value: string | null): string[] =>
	value === null ? [] : [`${column} = ${text(value)}`];

function ofStatuses(statuses: readonly InvocationStatus[]): string[] {
	if (statuses.length === 0) return [];
	const durable = statuses.map((status) => DURABLE_STATUS[status] ?? 'invoked');
	const exact = `${STATUS} IN ${textList(statuses)}`;
	// What this version of Restate does not name reads as running, so there the first test is not.
	if (statuses.includes('running')) return [exact];
	return [`s.status IN ${textList([...new Set(durable)])}`, exact];
}

const ofKey = (key: string): string =>
	key.endsWith('*')
		? `starts_with(s.target_service_key, ${text(key.slice(0, -1))})`
		: `s.target_service_key = ${text(key)}`;

function ofCaller(caller: string): string {
	if (caller === 'ingress') return `s.invoked_by = 'ingress'`;
	if (isInvocationId(caller)) return `s.invoked_by_id = ${text(caller)}`;
	const name = text(caller);
	return `(s.invoked_by_service_name = ${name} OR s.invoked_by_target = ${name})`;
}

const ofTimes = (filter: InvocationFilter, now: number): string[] =>
	TIME_FIELDS.flatMap((field) => {
		const range = filter[field];
		if (range === null) return [];
		const bounds = boundsOf(range, now);
		const column = `s.${field}_at`;
		return [
			`${column} >= ${timestamp(bounds.from)}`,
			...(bounds.to === null ? [] : [`${column} <= ${timestamp(bounds.to)}`])
		];
	});

/** Never nothing: a concern that names no invocation matches none. */
function ofConcern({ ids, callers, objects }: Concern): string {
	const any = [
		...(ids.length > 0 ? [`s.id IN ${textList(ids)}`] : []),
		...(callers.length > 0 ? [`s.invoked_by_id IN ${textList(callers)}`] : []),
		...objects
			.filter(({ keys }) => keys.length > 0)
			.map(
				({ service, keys }) =>
					`(s.target_service_name = ${text(service)} AND s.target_service_key IN ${textList(keys)})`
			)
	];
	return any.length > 0 ? `(${any.join(' OR ')})` : 'false';
}

// Restate 1.7.12 leaves scheduled_start_at empty unless scheduled_at is asked for as well.
const LIST_COLUMNS = `id, status, target_service_name, target_service_key, target_handler_name,
	created_at, modified_at, completed_at, scheduled_at, scheduled_start_at, completion_result,
	completion_failure, retry_count, next_retry_at, last_failure,
	last_failure_related_command_name, last_failure_related_command_type,
	invoked_by, invoked_by_id, invoked_by_target, pinned_deployment_id, idempotency_key,
	journal_size`;

/** The rows of known IDs. */
export const readListed = (ids: readonly string[]): string =>
	`SELECT ${LIST_COLUMNS} FROM sys_invocation WHERE id IN ${textList(ids)} LIMIT ${ids.length}`;
