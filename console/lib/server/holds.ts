import { integer } from '$shared/sql.ts';
import type { Hold } from '../attention.ts';

/** A held seat as Restate's SQL tells it; NULL columns are absent. */
export interface HoldRow {
	seat: string;
	holder?: string;
	until?: number;
	checkout?: string;
	changed_at?: number;
	epoch?: number;
}

const field = (type: 'str' | 'int', name: string): string =>
	`json_get_${type}(value_utf8, '${name}')`;

/** When a hold ends, in SQL. */
export const HOLD_UNTIL = field('int', 'reservedUntil');

/** What `readHold` reads of a seat's state, and no more: a seat brings its history along. */
export const HOLD_COLUMNS = `coalesce(${field('str', 'reservedBy')}, ${field('str', 'holder')}) AS holder,
	${HOLD_UNTIL} AS until, ${field('str', 'checkoutId')} AS checkout,
	${field('int', 'changedAt')} AS changed_at, ${field('int', 'epoch')} AS epoch`;

/**
 * The stored seats that are held and can be stuck: past their time, or of a checkout. A plain hold goes
 * on by itself until its time is over.
 */
export const canBeStuck = (now: number): string =>
	`service_name = 'Ticket' AND key = 'state' AND ${field('str', 'status')} = 'RESERVED'
		AND (${field('str', 'checkoutId')} IS NOT NULL OR ${HOLD_UNTIL} < ${integer(now)})`;

export const readHold = ({ seat, holder, until, checkout, ...row }: HoldRow): Hold => ({
	seat,
	holder: holder ?? null,
	until: until ?? null,
	checkoutId: checkout ?? null,
	changedAt: row.changed_at ?? 0,
	epoch: row.epoch ?? 0
});
