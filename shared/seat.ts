/**
 * The seat's state machine: (state, command, now) -> (new state | rejection), with no I/O.
 *
 * A hold is fenced by its `holdId`: whoever confirms, releases, extends or expires must name the
 * hold it means, and a stale one changes nothing. The clock decides one thing only, whether a hold
 * may be taken by somebody else. So a command that was accepted stays accepted when it is run
 * again later on the same state, which is what makes a replay with a later clock take the same
 * branch.
 */

export type SeatStatus = 'AVAILABLE' | 'RESERVED' | 'SOLD';

export interface SeatState {
	/** Schema version; older ones are migrated on read. */
	v: 1;
	status: SeatStatus;
	/** User who holds or owns the seat. */
	reservedBy: string | null;
	/** When the hold lapses, ms since the epoch. */
	reservedUntil: number | null;
	/** When the hold began; extensions are bounded from here. */
	heldAt: number | null;
	/** Fencing token of the hold. */
	holdId: string | null;
	/** Invocation ID of the checkout that holds or bought the seat; null for a plain hold. */
	checkoutId: string | null;
	orderId: string | null;
	/** Rises with every transition. */
	epoch: number;
	changedAt: number;
}

export type SeatCommand =
	| {
			type: 'reserve';
			userId: string;
			/** Absent: the caller did not choose one, so `defaultHoldId` fences a new hold. */
			holdId?: string | undefined;
			defaultHoldId: string;
			checkoutId: string | null;
			holdForMs: number;
	  }
	| { type: 'confirm'; holdId: string; orderId: string }
	| { type: 'release'; holdId: string; orderId?: string | undefined }
	| { type: 'extend'; holdId: string; until: number }
	| { type: 'expire'; holdId: string; until: number }
	| { type: 'force-release'; epoch: number }
	/** Sets a hold's end, sooner or later; `epoch` is what whoever decided it saw. */
	| { type: 'set-hold-end'; epoch: number; until: number }
	/** Takes a forced release back: `epoch` is what that left. */
	| { type: 'hold-again'; epoch: number; hold: LapsedHold };

/** A hold as it was before it was taken from its user. */
export interface LapsedHold {
	userId: string;
	holdId: string;
	heldAt: number;
	until: number;
}

export interface SeatRejection {
	/** HTTP status that tells the caller what kind of refusal this is. */
	status: 409;
	message: string;
}

export type SeatDecision =
	{ ok: true; changed: boolean; state: SeatState } | { ok: false; rejection: SeatRejection };

export const DEFAULT_HOLD_MS = 15 * 60_000;
/** A hold may be extended while its buyer pays, but never past this from its start. */
export const MAX_HOLD_MS = 30 * 60_000;

export const ALREADY_SOLD = 'Ticket already sold';
export const CURRENTLY_RESERVED = 'Ticket is currently reserved';

/** What every scan of the seats asks for comes first: Restate's SQL reads a stored value up to that. */
export const initialSeat = (): SeatState => ({
	v: 1,
	status: 'AVAILABLE',
	epoch: 0,
	changedAt: 0,
	reservedUntil: null,
	reservedBy: null,
	heldAt: null,
	holdId: null,
	checkoutId: null,
	orderId: null
});

/** Whether the seat is stored as held although its hold has lapsed: anyone may take it. */
export const isOverdue = (state: SeatState, now: number): boolean =>
	state.status === 'RESERVED' && state.reservedUntil !== null && state.reservedUntil <= now;

/** The status a buyer meets at `now`: a lapsed hold reads as available. */
export const effectiveStatus = (state: SeatState, now: number): SeatStatus =>
	isOverdue(state, now) ? 'AVAILABLE' : state.status;

/** Decides one command. Never mutates `state`; an unchanged decision returns it as it was. */
export function decideSeat(state: SeatState, command: SeatCommand, now: number): SeatDecision {
	switch (command.type) {
		case 'reserve':
			return reserve(state, command, now);
		case 'confirm':
			return confirm(state, command, now);
		case 'release':
			return release(state, command, now);
		case 'extend':
			return extend(state, command, now);
		case 'expire':
			return expire(state, command, now);
		case 'force-release':
			return forceRelease(state, command, now);
		case 'set-hold-end':
			return setHoldEnd(state, command, now);
		case 'hold-again':
			return holdAgain(state, command, now);
	}
}

type Command<T extends SeatCommand['type']> = Extract<SeatCommand, { type: T }>;

const unchanged = (state: SeatState): SeatDecision => ({ ok: true, changed: false, state });

const refuse = (message: string): SeatDecision => ({
	ok: false,
	rejection: { status: 409, message }
});

const transition = (state: SeatState, change: Partial<SeatState>, now: number): SeatDecision => ({
	ok: true,
	changed: true,
	state: { ...state, ...change, epoch: state.epoch + 1, changedAt: now }
});

const freed = (state: SeatState, now: number): SeatDecision =>
	transition(state, { ...initialSeat(), epoch: state.epoch }, now);

function reserve(state: SeatState, command: Command<'reserve'>, now: number): SeatDecision {
	const { userId, checkoutId, holdForMs } = command;
	const own =
		state.reservedBy === userId &&
		state.checkoutId !== null &&
		state.checkoutId === checkoutId &&
		state.holdId === command.holdId;
	if (state.status === 'SOLD') return own ? unchanged(state) : refuse(ALREADY_SOLD);

	if (effectiveStatus(state, now) === 'AVAILABLE') {
		const hold = {
			status: 'RESERVED',
			reservedBy: userId,
			reservedUntil: now + holdForMs,
			heldAt: now,
			holdId: command.holdId ?? command.defaultHoldId,
			checkoutId,
			orderId: null
		} as const;
		return transition(state, hold, now);
	}

	if (state.reservedBy !== userId) return refuse(CURRENTLY_RESERVED);
	if (state.checkoutId !== null) return own ? unchanged(state) : refuse(CURRENTLY_RESERVED);
	if (checkoutId === null) {
		// Asking again for one's own plain hold keeps its deadline, or holding would never end.
		const holdId = command.holdId ?? state.holdId;
		return holdId === state.holdId ? unchanged(state) : transition(state, { holdId }, now);
	}
	const until = Math.min(now + holdForMs, (state.heldAt ?? now) + MAX_HOLD_MS);
	const handover = {
		holdId: command.holdId ?? command.defaultHoldId,
		checkoutId,
		reservedUntil: Math.max(state.reservedUntil ?? 0, until)
	};
	return transition(state, handover, now);
}

function confirm(state: SeatState, command: Command<'confirm'>, now: number): SeatDecision {
	const { holdId, orderId } = command;
	if (state.status === 'SOLD')
		return state.orderId === orderId ? unchanged(state) : refuse(ALREADY_SOLD);
	// A hold past its time that nobody took is still this buyer's to confirm: the token decides.
	if (state.status !== 'RESERVED' || state.holdId !== holdId)
		return refuse('Ticket hold has expired or passed to someone else');
	return transition(state, { status: 'SOLD', reservedUntil: null, orderId }, now);
}

/** Frees a hold by its token, or a sold seat by the order that bought it. Else nothing. */
function release(state: SeatState, command: Command<'release'>, now: number): SeatDecision {
	const mine =
		state.status === 'SOLD'
			? state.orderId === command.orderId
			: state.status === 'RESERVED' && state.holdId === command.holdId;
	return mine ? freed(state, now) : unchanged(state);
}

function extend(state: SeatState, command: Command<'extend'>, now: number): SeatDecision {
	if (state.status !== 'RESERVED' || state.holdId !== command.holdId)
		return refuse('Ticket hold has expired or passed to someone else');
	const limit = (state.heldAt ?? 0) + MAX_HOLD_MS;
	const until = Math.min(command.until, limit);
	if (state.reservedUntil !== null && until <= state.reservedUntil) return unchanged(state);
	return transition(state, { reservedUntil: until }, now);
}

/** The timer's message names the deadline it was set for, so an extended hold outlives it. */
function expire(state: SeatState, command: Command<'expire'>, now: number): SeatDecision {
	const due =
		state.status === 'RESERVED' &&
		state.holdId === command.holdId &&
		state.reservedUntil !== null &&
		state.reservedUntil <= command.until;
	return due ? freed(state, now) : unchanged(state);
}

function forceRelease(
	state: SeatState,
	command: Command<'force-release'>,
	now: number
): SeatDecision {
	if (state.epoch !== command.epoch) return movedOn(state, command.epoch);
	if (state.status === 'SOLD')
		return refuse('Seat is sold: only a refund that names its order frees it');
	if (state.status === 'AVAILABLE') return refuse('Seat is not held: there is nothing to release');
	return freed(state, now);
}

const movedOn = (state: SeatState, seen: number): SeatDecision =>
	refuse(
		`Seat changed since you looked: you saw epoch ${seen}, ` +
			`it is now ${state.status} at epoch ${state.epoch}. Look again before you decide.`
	);

function setHoldEnd(state: SeatState, command: Command<'set-hold-end'>, now: number): SeatDecision {
	if (state.epoch !== command.epoch) return movedOn(state, command.epoch);
	if (state.status !== 'RESERVED') return refuse('Seat is not held: there is no hold to change');
	const reservedUntil = Math.min(command.until, (state.heldAt ?? 0) + MAX_HOLD_MS);
	return transition(state, { reservedUntil }, now);
}

/** The hold comes back as a plain one: the checkout that had it is gone or was cancelled. */
function holdAgain(state: SeatState, command: Command<'hold-again'>, now: number): SeatDecision {
	const { epoch, hold } = command;
	if (state.epoch !== epoch) return movedOn(state, epoch);
	if (state.status !== 'AVAILABLE') return refuse('Seat is not free: it cannot be held again');
	const { userId, holdId, heldAt, until } = hold;
	const reservedUntil = Math.min(until, heldAt + MAX_HOLD_MS);
	const back = { status: 'RESERVED', reservedBy: userId, reservedUntil, heldAt, holdId } as const;
	return transition(state, back, now);
}
