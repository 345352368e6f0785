import { migrateSeat } from '$shared/seat-history.ts';
import { integer, text, textList } from '$shared/sql.ts';
import type { CheckoutState, Hold } from '../attention.ts';
import { readFailure, readStatus } from '../invocation.ts';
import type { LiveInvocation, Lock, StoredSeat } from '../worklist/facts.ts';
import { canBeStuck, HOLD_COLUMNS, HOLD_UNTIL, readHold } from './holds.ts';
import type { HoldRow } from './holds.ts';
import { readTime } from './invocations.ts';
import type { Admin } from './restate-admin.ts';

/**
 * What the worklist reads from Restate. Each query is one scan whatever it finds, and returns no
 * more rows than its limit, the oldest first: those that need somebody are among them.
 */

export const MAX_LIVE = 3000;
const MAX_HOLDS = 3000;
/** Checkouts whose end is looked up; a hold of one beyond them is not judged. */
const MAX_LOOKUPS = 300;
const MAX_LOCKS = 100;
const MAX_SEATS = 1000;
const MAX_SETTLED = 100;
const TIMEOUT_MS = 5000;

const options = { timeoutMs: TIMEOUT_MS };

interface LiveRow {
	id: string;
	status: string;
	service: string;
	key?: string;
	handler: string;
	created_at: string;
	modified_at: string;
	running_at?: string;
	deployment?: string;
	caller?: string;
	caller_service?: string;
	caller_target?: string;
	retries?: number;
	in_flight?: boolean;
	last_failure?: string;
	step?: string;
	step_type?: string;
}

/** What is not timed for later and has not ended, the oldest first; at most `MAX_LIVE`. */
export async function readLive(admin: Admin): Promise<LiveInvocation[]> {
	const rows = await admin.query<LiveRow>(
		`SELECT s.id, s.status, s.target_service_name AS service, s.target_service_key AS key,
			s.target_handler_name AS handler, s.created_at, s.modified_at, s.running_at,
			s.pinned_deployment_id AS deployment, s.invoked_by_id AS caller,
			s.invoked_by_service_name AS caller_service, s.invoked_by_target AS caller_target,
			r.retry_count AS retries, r.in_flight, r.last_failure,
			r.last_failure_related_command_name AS step,
			r.last_failure_related_command_type AS step_type
		FROM sys_invocation_status s LEFT JOIN sys_invocation_state r ON r.id = s.id
		WHERE s.status NOT IN ('completed', 'scheduled')
		ORDER BY s.created_at LIMIT ${integer(MAX_LIVE)}`,
		options
	);
	return rows.map(readLiveRow);
}

function readLiveRow(row: LiveRow): LiveInvocation {
	const retries = row.retries ?? 0;
	const waits = row.status === 'invoked' && row.in_flight !== true && retries > 0;
	const step = row.step ?? '';
	return {
		id: row.id,
		status: waits ? 'backing-off' : readStatus(row.status, undefined, undefined),
		service: row.service,
		key: row.key ?? null,
		handler: row.handler,
		createdAt: Date.parse(row.created_at),
		modifiedAt: Date.parse(row.modified_at),
		runningAt: readTime(row.running_at),
		// The counter counts the attempt under way as well.
		retryCount: Math.max(0, retries - (row.in_flight === true ? 1 : 0)),
		failure: readFailure(row.last_failure)?.message ?? null,
		failedStep: step === '' ? (row.step_type ?? null) : step,
		deploymentId: row.deployment ?? null,
		caller:
			row.caller === undefined
				? null
				: { id: row.caller, service: row.caller_service ?? '', target: row.caller_target ?? '' }
	};
}

/** The held seats that can be stuck: past their time, or of a checkout. */
export async function readHolds(admin: Admin, now: number): Promise<Hold[]> {
	const rows = await admin.query<HoldRow>(
		`SELECT service_key AS seat, ${HOLD_COLUMNS} FROM state WHERE ${canBeStuck(now)}
			ORDER BY ${HOLD_UNTIL} LIMIT ${integer(MAX_HOLDS)}`,
		options
	);
	return rows.map(readHold);
}

/** How checkouts ended, null for one that Restate does not know; at most `MAX_LOOKUPS` of them. */
export async function readEnded(
	admin: Admin,
	ids: readonly string[]
): Promise<Map<string, CheckoutState | null>> {
	const asked = [...new Set(ids)].slice(0, MAX_LOOKUPS);
	if (asked.length === 0) return new Map();
	const rows = await admin.query<{
		id: string;
		status: string;
		result?: string;
		failure?: string;
	}>(
		`SELECT id, status, completion_result AS result, completion_failure AS failure
			FROM sys_invocation_status WHERE id IN ${textList(asked)} LIMIT ${integer(MAX_LOOKUPS)}`,
		options
	);
	const known = new Map(
		rows.map(({ id, status, result, failure }) => [
			id,
			{ status: readStatus(status, result, failure), retries: 0, failure: null }
		])
	);
	return new Map(asked.map((id) => [id, known.get(id) ?? null]));
}

/** Locked object keys that others wait for, those with the most waiting first. */
export async function readLocks(admin: Admin): Promise<Lock[]> {
	const rows = await admin.query<Lock>(
		`SELECT k.service_name AS service, k.service_key AS key, k.invocation_id AS holder,
				w.waiting AS waiting
			FROM (SELECT service_name, service_key, count(*) AS waiting FROM sys_inbox
				GROUP BY service_name, service_key) w
			JOIN sys_keyed_service_status k
				ON k.service_name = w.service_name AND k.service_key = w.service_key
			WHERE k.invocation_id IS NOT NULL
			ORDER BY w.waiting DESC LIMIT ${integer(MAX_LOCKS)}`,
		options
	);
	return rows;
}

interface SeatRow {
	seat: string;
	state: string;
}

/** Seats as they are stored; one that was never touched is not among them. */
export async function readSeats(admin: Admin, keys: readonly string[]): Promise<StoredSeat[]> {
	if (keys.length === 0) return [];
	const asked = [...new Set(keys)].slice(0, MAX_SEATS);
	const rows = await admin.query<SeatRow>(
		`SELECT service_key AS seat, value_utf8 AS state FROM state
			WHERE scope IS NULL AND service_name = 'Ticket' AND key = 'state'
				AND service_key IN ${textList(asked)} LIMIT ${integer(MAX_SEATS)}`,
		options
	);
	return rows.map(({ seat, state }) => {
		const { status, reservedBy, reservedUntil, checkoutId, orderId, changedAt } = migrateSeat(
			JSON.parse(state)
		);
		return { key: seat, status, reservedBy, reservedUntil, checkoutId, orderId, changedAt };
	});
}

/** Of each order the newest invocation that was to settle its money and has ended. */
export async function readSettlers(
	admin: Admin,
	orders: readonly string[]
): Promise<Map<string, string>> {
	if (orders.length === 0) return new Map();
	const rows = await admin.query<{ id: string; order: string }>(
		`SELECT id, target_service_key AS "order" FROM sys_invocation_status
			WHERE scope IS NULL AND target_service_name = 'Payment'
				AND target_service_key IN ${textList(orders.slice(0, MAX_SETTLED))}
				AND target_handler_name IN ('settle', 'reconcile') AND status = 'completed'
			ORDER BY created_at LIMIT ${integer(MAX_SEATS)}`,
		options
	);
	return new Map(rows.map(({ order, id }) => [order, id]));
}

export interface SoldSeat {
	seat: string;
	/** The order that it says it is sold to. */
	order?: string;
}

/** A stretch of the sold seats, in the order of their keys. */
export const readSold = (admin: Admin, after: string, limit: number): Promise<SoldSeat[]> =>
	admin.query<SoldSeat>(
		`SELECT service_key AS seat, json_get_str(value_utf8, 'orderId') AS "order" FROM state
			WHERE service_name = 'Ticket' AND key = 'state' AND service_key > ${text(after)}
				AND json_get_str(value_utf8, 'status') = 'SOLD'
			ORDER BY service_key LIMIT ${integer(limit)}`,
		options
	);
