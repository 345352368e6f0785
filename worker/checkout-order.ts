import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { partsOf } from './catalog.ts';
import type { Offer } from './catalog.ts';
import { sessionOf, ticketOf } from './clients.ts';
import { HOLD_MS } from './policy.ts';
import type { Compensation } from './saga.ts';

export interface Cart {
	orderId: string;
	userId: string;
	/** Seat keys, sorted. */
	seats: readonly string[];
}

export interface Quote {
	eventId: string;
	amount: number;
	currency: string;
	/** Ms since the epoch. */
	pricedAt: number;
}

/**
 * Opens an order in the buyer's session and holds its seats, each of which tells its price. Seats
 * are taken one by one in key order, so of two orders that overlap one always gets past the other.
 *
 * The session is asked beside the first seat and heard last: each wait that is not over yet costs
 * the Worker another call, and by then this one is.
 */
export async function openOrder(
	ctx: Context,
	cart: Cart,
	compensations: Compensation[]
): Promise<Quote> {
	const { orderId, userId, seats } = cart;
	const eventId = eventOf(seats);
	const opened = sessionOf(ctx, userId).open({ orderId, seats: [...seats] });
	const offers: Offer[] = [];
	for (const seat of seats) {
		compensations.push(() => releaseSeat(ctx, seat, orderId));
		offers.push(await reserveSeat(ctx, seat, cart));
	}
	await opened;
	return { eventId, ...total(offers) };
}

/** Holds a seat for an order; the order's ID is the hold's token. */
export const reserveSeat = (ctx: Context, seat: string, { orderId, userId }: Cart) =>
	ticketOf(ctx, seat).hold({
		userId,
		holdId: orderId,
		checkoutId: ctx.request().id,
		holdForMs: HOLD_MS
	});

/** Gives a seat back, whether the order holds it or has bought it. */
const releaseSeat = (ctx: Context, seat: string, orderId: string) =>
	ticketOf(ctx, seat).release({ holdId: orderId, orderId, reason: 'Checkout did not succeed' });

/** @throws TerminalError 400 for what is no seat key, or seats of several events */
function eventOf(seats: readonly string[]): string {
	const events = new Set(seats.map((seat) => partsOf(seat).eventId));
	const [eventId, ...others] = events;
	if (eventId === undefined || others.length > 0)
		throw new TerminalError('One order buys seats of one event: split it by event', {
			errorCode: 400
		});
	return eventId;
}

/** What the seats cost together, as each said when it was held. */
const total = (offers: readonly Offer[]): Omit<Quote, 'eventId'> => ({
	amount: offers.reduce((sum, { price }) => sum + price, 0),
	currency: offers[0]?.currency ?? '',
	pricedAt: offers[0]?.at ?? 0
});
