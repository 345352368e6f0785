import { historyOf, mergeHistories, migrateSeat } from '../../shared/seat-history.ts';
import type { SeatTransition, StoredSeat } from '../../shared/seat-history.ts';
import { integer, text, textList } from '../../shared/sql.ts';
import { codeOf } from './transitions.ts';

/** A seat as a scan found it. */
export interface ScannedSeat {
	seat: string;
	code: number;
	until: number;
	epoch: number;
	changedAt: number;
}

/**
 * What must add up: over all stored seats of an event, by one pass over them. Epochs only rise, so
 * a picture with the same sums as the seats has missed nothing.
 */
export interface Sums {
	epochs: number;
	held: number;
	sold: number;
}

export interface Scan {
	seats: ScannedSeat[];
	sums: Sums;
}

/** The one row of a scan; NULL columns are absent. */
export interface ScanRow {
	epochs?: number;
	held: number;
	sold: number;
	seats?: string;
}

/**
 * The seats that changed at or after `since`, or all that were ever touched, and the sums over all:
 * one pass over the stored seats. They come as one text, `seat status epoch until changedAt;…`,
 * because a hundred thousand JSON rows would cost more than the scan.
 */
export function scanQuery(eventId: string, since: number | null): string {
	const prefix = `${eventId}:`;
	const changed = since === null ? '' : `FILTER (WHERE changed_at >= ${integer(since)})`;
	const whole = (column: string) => `coalesce(CAST(${column} AS VARCHAR), '')`;
	return `SELECT sum(epoch) AS epochs,
			count(*) FILTER (WHERE status = 'RESERVED') AS held,
			count(*) FILTER (WHERE status = 'SOLD') AS sold,
			string_agg(concat_ws(' ', seat, status, ${whole('epoch')}, ${whole('until')},
				${whole('changed_at')}), ';') ${changed} AS seats
		FROM (SELECT substr(service_key, ${prefix.length + 1}) AS seat,
				coalesce(json_get_str(value_utf8, 'status'), '') AS status,
				json_get_int(value_utf8, 'epoch') AS epoch,
				json_get_int(value_utf8, 'reservedUntil') AS until,
				json_get_int(value_utf8, 'changedAt') AS changed_at
			FROM state
			WHERE service_name = 'Ticket' AND key = 'state'
				AND starts_with(service_key, ${text(prefix)}))`;
}

/** @throws when a seat has a status that nobody knows */
export function readScan(row: ScanRow | undefined): Scan {
	const seats = row?.seats ? row.seats.split(';').map(readSeat) : [];
	const { epochs = 0, held = 0, sold = 0 } = row ?? {};
	return { seats, sums: { epochs, held, sold } };
}

function readSeat(line: string): ScannedSeat {
	const [seat = '', status, epoch, until, changedAt] = line.split(' ');
	const state = migrateSeat({ status, ...(until ? { reservedUntil: Number(until) } : {}) });
	return {
		seat,
		code: codeOf(state.status),
		until: state.status === 'RESERVED' ? (state.reservedUntil ?? 0) : 0,
		epoch: Number(epoch),
		changedAt: Number(changedAt)
	};
}

/** More keys than this in one query make it slower than two. */
export const HISTORY_BATCH = 1_000;

/** What is stored of a seat under one key. */
export interface HistoryRow {
	service_key: string;
	key: 'state' | 'history';
	value_utf8: string;
}

/** Point look-ups of seats' histories, also of those that an older version stored apart. */
export const historyQuery = (eventId: string, seats: readonly string[]): string =>
	`SELECT service_key, key, value_utf8 FROM state
		WHERE scope IS NULL AND service_name = 'Ticket' AND key IN ('state', 'history')
			AND service_key IN ${textList(seats.map((seat) => `${eventId}:${seat}`))}`;

export function readHistories(
	eventId: string,
	rows: readonly HistoryRow[]
): Map<string, SeatTransition[]> {
	const histories = new Map<string, SeatTransition[]>();
	for (const { service_key: seatKey, key, value_utf8: value } of rows) {
		const seat = seatKey.slice(eventId.length + 1);
		const stored: unknown = JSON.parse(value);
		const told = key === 'state' ? historyOf(stored as StoredSeat) : (stored as SeatTransition[]);
		histories.set(seat, mergeHistories(histories.get(seat) ?? [], told));
	}
	return histories;
}
