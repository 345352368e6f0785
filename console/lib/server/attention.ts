import { integer, text, textList } from '$shared/sql.ts';
import { findStuck } from '../attention.ts';
import type { Attention, CheckoutState } from '../attention.ts';
import { readFailure, readStatus } from '../invocation.ts';
import { canBeStuck, HOLD_COLUMNS, readHold } from './holds.ts';
import type { HoldRow } from './holds.ts';
import type { Admin } from './restate-admin.ts';
import { singleFlight } from './single-flight.ts';

/** However many viewers, an isolate asks this often. */
const FRESH_MS = 3000;
const LOST_MS = 5000;
const MAX_EVENTS = 16;
/** Checkouts whose end is looked up; beyond, a seat's checkout is just gone. */
const MAX_LOOKUPS = 200;

const readers = new Map<string, () => Promise<Attention>>();

/**
 * The event's seats that somebody should look at, a few seconds old at most.
 *
 * @throws UpstreamError when Restate cannot be read
 */
export function readAttention(admin: Admin, eventId: string): Promise<Attention> {
	let reader = readers.get(eventId);
	if (!reader) {
		reader = singleFlight(() => lookForStuck(admin, eventId), {
			freshMs: FRESH_MS,
			lostMs: LOST_MS
		});
		const [oldest] = readers.keys();
		if (readers.size >= MAX_EVENTS && oldest !== undefined) readers.delete(oldest);
		readers.set(eventId, reader);
	}
	return reader();
}

/** The same, read now. @throws UpstreamError when Restate cannot be read */
export async function lookForStuck(admin: Admin, eventId: string): Promise<Attention> {
	const readAt = Date.now();
	const checkouts = readCheckouts(await admin.query<CheckoutRow>(liveQuery()));
	const holds = (await admin.query<HoldRow>(holdsQuery(eventId, readAt))).map(readHold);
	const missing = holds.flatMap(({ checkoutId }) =>
		checkoutId === null || checkouts.has(checkoutId) ? [] : [checkoutId]
	);
	const looked = [...new Set(missing)].slice(0, MAX_LOOKUPS);
	const ended = looked.length > 0 ? await admin.query<CheckoutRow>(endedQuery(looked)) : [];
	const known = new Map([...checkouts, ...readCheckouts(ended)]);
	const now = Date.now();
	return { at: now, seats: findStuck(holds, known, { readAt, now }) };
}

export interface CheckoutRow {
	id: string;
	status: string;
	result?: string;
	failure?: string;
	retries?: number;
	last_failure?: string;
}

/** Restate counts an attempt when it begins: the one that runs now has not failed. */
const FAILED_ATTEMPTS = 'coalesce(r.retry_count - CASE WHEN r.in_flight THEN 1 ELSE 0 END, 0)';

const COLUMNS = `s.id, s.status, s.completion_result AS result, s.completion_failure AS failure,
	${FAILED_ATTEMPTS} AS retries, r.last_failure
	FROM sys_invocation_status s LEFT JOIN sys_invocation_state r ON r.id = s.id`;

/** Every checkout that has not ended. */
const liveQuery = (): string =>
	`SELECT ${COLUMNS} WHERE s.target_service_name = 'Checkout' AND s.status <> 'completed'`;

const endedQuery = (ids: readonly string[]): string =>
	`SELECT ${COLUMNS} WHERE s.id IN ${textList(ids)} LIMIT ${integer(MAX_LOOKUPS)}`;

function readCheckouts(rows: readonly CheckoutRow[]): Map<string, CheckoutState> {
	return new Map(
		rows.map(({ id, status, result, failure, retries = 0, last_failure }) => [
			id,
			{
				status: readStatus(status, result, failure),
				retries,
				failure: readFailure(last_failure)?.message ?? null
			}
		])
	);
}

/** The event's held seats that can be stuck. */
function holdsQuery(eventId: string, now: number): string {
	const prefix = `${eventId}:`;
	return `SELECT substr(service_key, ${integer(prefix.length + 1)}) AS seat, ${HOLD_COLUMNS}
		FROM state WHERE ${canBeStuck(now)} AND starts_with(service_key, ${text(prefix)})`;
}
