import type { SeatCommand, SeatState, SeatStatus } from './seat.ts';
import { effectiveStatus, initialSeat, isOverdue } from './seat.ts';

/** One transition of a seat, as its history shows it. */
export interface SeatTransition {
	at: number;
	event: SeatCommand['type'];
	from: SeatStatus;
	to: SeatStatus;
	epoch: number;
	/** Who caused it: a user, an operator, or `timer`. */
	actor: string;
	reason: string | null;
	invocationId: string;
	holdId: string | null;
	orderId: string | null;
}

/** A seat as its readers see it: the stored state with what follows from it at `now`. */
export interface SeatView extends SeatState {
	key: string;
	/** Stored as RESERVED but past its time; `status` reads AVAILABLE then. */
	overdue: boolean;
	/** Time left on a live hold. */
	msLeft: number | null;
}

/**
 * A seat as Restate stores it: its state and how it came to it, in one value, as each value that a
 * handler reads or writes is an entry in its journal. The history comes last, so that Restate's SQL
 * finds what it asks for before it.
 */
export interface StoredSeat extends SeatState {
	/** The newest first; older versions kept it apart, under the key `history`. */
	history?: SeatTransition[];
}

const HISTORY_LENGTH = 20;

/** The newest transitions first, at most 20. */
export const appendHistory = (
	history: readonly SeatTransition[],
	entry: SeatTransition
): SeatTransition[] => [entry, ...history].slice(0, HISTORY_LENGTH);

/** The transitions that are stored with a seat, the newest first. */
export const historyOf = (stored: StoredSeat | null): SeatTransition[] => stored?.history ?? [];

/** Whether a seat's history tells of its last transition; else an older version wrote that apart. */
export const isTold = (stored: StoredSeat | null): boolean =>
	!stored?.epoch || historyOf(stored)[0]?.epoch === stored.epoch;

/** What is stored with a seat, and what an older version stored apart, as one history. */
export function mergeHistories(
	own: readonly SeatTransition[],
	apart: readonly SeatTransition[]
): SeatTransition[] {
	const known = new Set(own.map(({ epoch }) => epoch));
	return [...own, ...apart.filter(({ epoch }) => !known.has(epoch))]
		.sort((a, b) => b.epoch - a.epoch)
		.slice(0, HISTORY_LENGTH);
}

export function viewSeat(key: string, state: SeatState, now: number): SeatView {
	const status = effectiveStatus(state, now);
	const msLeft =
		status === 'RESERVED' && state.reservedUntil !== null ? state.reservedUntil - now : null;
	return { ...state, key, status, overdue: isOverdue(state, now), msLeft };
}

/**
 * Reads the state of a stored seat of any schema version. Version 0, the original specification's,
 * had no `v`, and only `status`, `reservedBy` (or `holder`) and `reservedUntil`.
 */
export function migrateSeat(stored: unknown): SeatState {
	if (stored === null || stored === undefined) return initialSeat();
	if (!isRecord(stored)) throw new Error(`Stored seat is not an object: ${JSON.stringify(stored)}`);
	if (stored['v'] === 1) return withoutHistory(stored as unknown as StoredSeat);
	const status = readStatus(stored['status']);
	const holder = stored['reservedBy'] ?? stored['holder'];
	const until = stored['reservedUntil'];
	return {
		...initialSeat(),
		status,
		reservedBy: typeof holder === 'string' ? holder : null,
		reservedUntil: typeof until === 'number' && status === 'RESERVED' ? until : null
	};
}

/** In the order of a new seat, whichever an older version stored it in. */
function withoutHistory(stored: StoredSeat): SeatState {
	const state: StoredSeat = { ...initialSeat(), ...stored };
	delete state.history;
	return state;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

function readStatus(value: unknown): SeatStatus {
	if (value === 'AVAILABLE' || value === 'RESERVED' || value === 'SOLD') return value;
	throw new Error(`Stored seat has an unknown status: ${JSON.stringify(value)}`);
}
