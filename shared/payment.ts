import { PAYMENT_STATUSES } from './order.ts';
import type { PaymentStatus } from './order.ts';

/** What webhooks have told of one order's payment. */
export interface PaymentState {
	v: 1;
	/** The furthest status seen. */
	status: PaymentStatus | null;
	/** IDs of the webhook events taken in, newest first. */
	seen: string[];
}

/** More than an order's payment ever sends, and Stripe repeats an event for three days. */
const SEEN_LENGTH = 50;

export const emptyPayment = (): PaymentState => ({ v: 1, status: null, seen: [] });

/**
 * Takes in one webhook event. Stripe sends events more than once and in any order, so a repeated
 * one is passed over and the status only ever moves forward.
 */
export function advancePayment(
	state: PaymentState,
	event: { eventId: string; status: PaymentStatus | null }
): { state: PaymentState; moved: boolean } {
	if (state.seen.includes(event.eventId)) return { state, moved: false };
	const seen = [event.eventId, ...state.seen].slice(0, SEEN_LENGTH);
	const moved = rank(event.status) > rank(state.status);
	return { state: { v: 1, status: moved ? event.status : state.status, seen }, moved };
}

const rank = (status: PaymentStatus | null): number =>
	status === null ? -1 : PAYMENT_STATUSES.indexOf(status);
