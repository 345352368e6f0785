import { RestatePromise, TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { findSeat } from './catalog.ts';
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
 * Prices an order, opens it in the buyer's session and holds its seats. Seats are taken one by
 * one in key order, so of two orders that overlap one always gets past the other.
 */
export async function openOrder(
	ctx: Context,
	cart: Cart,
	compensations: Compensation[]
): Promise<Quote> {
	const { orderId, userId, seats } = cart;
	const reserve = (seat: string) => {
		compensations.push(() => releaseSeat(ctx, seat, orderId));
		return reserveSeat(ctx, seat, cart);
	};
	const [first = '', ...others] = seats;
	const [quote] = await RestatePromise.all([
		ctx.run('Price seats', () => price(seats)),
		sessionOf(ctx, userId).open({ orderId, seats: [...seats] }),
		reserve(first)
	]);
	for (const seat of others) await reserve(seat);
	return quote;
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

/** What the seats cost. @throws TerminalError 404 for an unknown seat, 400 for mixed events */
async function price(seats: readonly string[]): Promise<Quote> {
	const found = await Promise.all(seats.map(findSeat));
	const event = found[0]?.event;
	if (!event || found.some((seat) => seat.event.id !== event.id))
		throw new TerminalError('One order buys seats of one event: split it by event', {
			errorCode: 400
		});
	const prices = found.map(({ seat }) => event.venue.categories[seat[6]]?.price ?? 0);
	return {
		eventId: event.id,
		amount: prices.reduce((sum, each) => sum + each, 0),
		currency: event.currency,
		pricedAt: Date.now()
	};
}
