import type { Model } from './check.ts';

/**
 * A seat as its callers see it from outside: a register that is available, held, or sold. It is
 * written apart from shared/seat.ts on purpose, so that the two can disagree.
 *
 * A hold is named by who has it: a user for a plain hold, an order for a checkout's.
 */

export type Seat =
	| { is: 'available' }
	/** Past its time: anyone may take it, and until then its order may still confirm it. */
	| { is: 'lapsed'; hold: string }
	| { is: 'held'; hold: string }
	| { is: 'sold'; order: string };

export type SeatOperation =
	/** The seat was given to `hold`; a user's plain hold (`handover`) passes to their checkout. */
	| { did: 'take'; hold: string; handover?: string }
	/** It was refused to `hold`, because another had it. */
	| { did: 'refuse-held'; hold: string; handover?: string }
	| { did: 'refuse-sold'; hold: string }
	/** The hold's time was up, or the clean-up came. */
	| { did: 'lapse'; hold: string }
	| { did: 'confirm'; order: string }
	/** A compensation or a refund gave back what `order` had; nothing if it had nothing. */
	| { did: 'give-back'; order: string }
	/** `order` has nothing of it any more. */
	| { did: 'have-not'; order: string }
	/** An operator freed whatever hold there was. */
	| { did: 'force-release' }
	| { did: 'read'; seen: 'AVAILABLE' }
	| { did: 'read'; seen: 'RESERVED'; hold: string }
	| { did: 'read'; seen: 'SOLD'; order: string };

const AVAILABLE: Seat = { is: 'available' };

const NOWHERE: readonly Seat[] = [];

export const seatRegister: Model<Seat, SeatOperation> = {
	initial: AVAILABLE,
	step,
	keyOf: (seat) => JSON.stringify(seat),
	observes: ({ did }) => OBSERVATIONS.has(did)
};

const OBSERVATIONS: ReadonlySet<SeatOperation['did']> = new Set([
	'read',
	'refuse-held',
	'refuse-sold',
	'have-not'
]);

function step(seat: Seat, operation: SeatOperation): readonly Seat[] {
	switch (operation.did) {
		case 'take':
			return take(seat, operation.hold, operation.handover);
		case 'refuse-held':
			return seat.is === 'held' && ![operation.hold, operation.handover].includes(seat.hold)
				? [seat]
				: NOWHERE;
		case 'refuse-sold':
			return seat.is === 'sold' && seat.order !== operation.hold ? [seat] : NOWHERE;
		case 'lapse':
			return lapse(seat, operation.hold);
		case 'confirm':
			return isOf(seat, operation.order) ? [{ is: 'sold', order: operation.order }] : NOWHERE;
		case 'give-back':
			return isOf(seat, operation.order) ? [AVAILABLE] : [seat];
		case 'have-not':
			return isOf(seat, operation.order) ? NOWHERE : [seat];
		case 'force-release':
			return seat.is === 'held' || seat.is === 'lapsed' ? [AVAILABLE] : NOWHERE;
		case 'read':
			return matches(seat, operation) ? [seat] : NOWHERE;
	}
}

function take(seat: Seat, hold: string, handover: string | undefined): readonly Seat[] {
	if (seat.is === 'sold') return seat.order === hold ? [seat] : NOWHERE;
	if (seat.is === 'held' && seat.hold !== hold && seat.hold !== handover) return NOWHERE;
	return [{ is: 'held', hold }];
}

function lapse(seat: Seat, hold: string): readonly Seat[] {
	if (seat.is === 'held' && seat.hold === hold) return [{ is: 'lapsed', hold }, AVAILABLE];
	if (seat.is === 'lapsed' && seat.hold === hold) return [AVAILABLE];
	return NOWHERE;
}

/** Whether the seat is held for, or sold to, the order; a lapsed hold that nobody took is. */
function isOf(seat: Seat, order: string): boolean {
	if (seat.is === 'sold') return seat.order === order;
	return seat.is !== 'available' && seat.hold === order;
}

function matches(seat: Seat, read: Extract<SeatOperation, { did: 'read' }>): boolean {
	switch (read.seen) {
		case 'AVAILABLE':
			return seat.is === 'available' || seat.is === 'lapsed';
		case 'RESERVED':
			return seat.is === 'held' && seat.hold === read.hold;
		case 'SOLD':
			return seat.is === 'sold' && seat.order === read.order;
	}
}
