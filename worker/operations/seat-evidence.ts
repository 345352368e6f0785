import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { SeatState } from '../../shared/seat.ts';
import type { SeatView } from '../../shared/seat-history.ts';
import { ticketOf } from '../clients.ts';
import { isPaying, readInvocation } from '../invocations.ts';
import { phaseOf } from './invocation-phase.ts';

/** The checkout that holds a seat, while it is under way. */
export interface HoldingCheckout {
	id: string;
	/** Whether it has begun to take its buyer's money. */
	paying: boolean;
	/** A second cancel would hit the compensations of the first. */
	cancelRequested: boolean;
}

export interface SeatEvidence {
	/** As it is stored. */
	seat: SeatState;
	/** Held past its time: anybody may take it. */
	overdue: boolean;
	/** Null when none is under way. */
	checkout: HoldingCheckout | null;
}

/** What an operator's change to a hold is decided on. */
export async function lookAtSeat(ctx: Context, key: string): Promise<SeatEvidence> {
	const view = await ticketOf(ctx, key).get();
	const { checkoutId, status } = view;
	const checkout =
		checkoutId === null || status === 'SOLD'
			? null
			: await ctx.run('Read checkout', () => readCheckout(checkoutId));
	return { seat: storedSeat(view), overdue: view.overdue, checkout };
}

/** A seat as it is stored, from what its handler shows of it. */
export function storedSeat(view: SeatView): SeatState {
	const { v, reservedBy, reservedUntil, heldAt, holdId, checkoutId, orderId, epoch } = view;
	const hold = { reservedBy, reservedUntil, heldAt, holdId, checkoutId };
	const status = view.overdue ? 'RESERVED' : view.status;
	return { v, status, ...hold, orderId, epoch, changedAt: view.changedAt };
}

async function readCheckout(id: string): Promise<HoldingCheckout | null> {
	const found = await readInvocation(id);
	if (!found || phaseOf(found.status) === 'completed') return null;
	const { cancelRequested } = found;
	return { id, paying: !cancelRequested && (await isPaying(id)), cancelRequested };
}
