import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { orderIdOf } from '../shared/order.ts';
import type { Order } from '../shared/order.ts';
import { DEFAULT_HOLD_MS } from '../shared/seat.ts';
import { findSeat } from './catalog.ts';
import { authorise, capture, returnMoney } from './gateways/payment.ts';
import type { Notification } from './notification.ts';
import { compensate } from './saga.ts';
import type { Compensation } from './saga.ts';
import { Identifier, input } from './schemas.ts';
import type { Ticket } from './ticket.ts';
import type { UserSession } from './user-session.ts';

/**
 * The checkout saga: reserve every seat -> authorise the payment -> confirm the seats -> capture
 * -> notify. Each step's compensation is registered before the step, so a decline, a cancel or a
 * lost seat undoes whatever was done, in reverse, and the buyer gets the original error.
 */

/** One seat as `ticketId`, or up to ten as `ticketIds`; either way a sorted list without doubles. */
const CheckoutRequest = z.preprocess(
	oneOrMany,
	z.object({
		ticketIds: z
			.array(Identifier, { error: 'give one seat key as ticketId, or a list as ticketIds' })
			.min(1, 'give at least one seat')
			.max(10, 'one order buys at most 10 seats')
			.transform((keys) => [...new Set(keys)].sort()),
		userId: Identifier,
		paymentMethod: Identifier,
		email: z.email('is not an e-mail address').optional()
	})
);

function oneOrMany(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || !('ticketId' in value)) return value;
	return { ticketIds: [value.ticketId], ...value };
}

export interface CheckoutResult {
	status: 'CONFIRMED';
	orderId: string;
	message: 'Booking Confirmed';
}

const TICKET = { name: 'Ticket' } as const;
const SESSION = { name: 'UserSession' } as const;
const NOTIFICATION = { name: 'Notification' } as const;

/** A payment that cannot be settled is given up before the hold it pays for lapses. */
const PAYMENT_RETRIES = {
	initialRetryInterval: { milliseconds: 500 },
	maxRetryInterval: { seconds: 20 },
	maxRetryDuration: { minutes: 14 }
} as const;

export const checkout = restate.service({
	name: 'Checkout',
	handlers: {
		checkout: restate.handlers.handler(
			input(CheckoutRequest),
			async (
				ctx: restate.Context,
				request: z.infer<typeof CheckoutRequest>
			): Promise<CheckoutResult> => {
				const checkoutId = ctx.request().id;
				const orderId = orderIdOf(checkoutId);
				const { ticketIds: seats, userId, paymentMethod } = request;
				const compensations: Compensation[] = [];
				let order: Order | undefined;

				try {
					const { quote } = await openOrder(ctx, orderId, userId, seats, compensations);
					order = {
						id: orderId,
						invocationId: checkoutId,
						...quote,
						userId,
						email: request.email ?? null,
						seats,
						status: 'CONFIRMED',
						paymentIntent: null,
						reason: null
					};
					const payment = { orderId, userId, paymentMethod, seats, ...quote };

					compensations.push(() => ctx.run('Void or refund payment', () => returnMoney(orderId)));
					order.paymentIntent = await ctx.run(
						'Authorise payment',
						() => authorise(payment),
						PAYMENT_RETRIES
					);
					const intent = order.paymentIntent;
					await restate.RestatePromise.all(
						seats.map((seat) =>
							ctx.objectClient<Ticket>(TICKET, seat).confirm({ holdId: orderId, orderId })
						)
					);
					await ctx.run('Capture payment', () => capture(orderId, intent));
				} catch (error) {
					if (!(error instanceof restate.TerminalError)) throw error;
					const cause = explain(error);
					ctx.console.warn('Checkout failed, compensating', { orderId, reason: cause.message });
					const failures = await compensate(compensations);
					for (const failure of failures)
						ctx.console.error('Compensation failed', { orderId, error: failure.message });
					if (order) {
						const cancelled = error instanceof restate.CancelledError;
						ctx.serviceSendClient<Notification>(NOTIFICATION).orderFailed({
							...order,
							status: cancelled ? 'CANCELLED' : 'FAILED',
							reason: cause.message
						});
					}
					throw cause;
				}

				ctx.objectSendClient<UserSession>(SESSION, userId).close({ orderId, kept: true });
				ctx.serviceSendClient<Notification>(NOTIFICATION).orderConfirmed(order);
				ctx.console.info('Order confirmed', { orderId, seats, amount: order.amount });
				return { status: 'CONFIRMED', orderId, message: 'Booking Confirmed' };
			}
		)
	}
});

export type Checkout = typeof checkout;

interface Quote {
	eventId: string;
	amount: number;
	currency: string;
}

/**
 * Prices the order, opens it in the buyer's session and holds its seats. Seats are taken one by
 * one in key order, so of two orders that overlap one always gets past the other.
 */
async function openOrder(
	ctx: restate.Context,
	orderId: string,
	userId: string,
	seats: readonly string[],
	compensations: Compensation[]
): Promise<{ quote: Quote }> {
	const session = ctx.objectClient<UserSession>(SESSION, userId);
	const checkoutId = ctx.request().id;
	const hold = { userId, holdId: orderId, checkoutId, holdForMs: DEFAULT_HOLD_MS };
	const reserve = (seat: string) => {
		const client = ctx.objectClient<Ticket>(TICKET, seat);
		compensations.push(() => client.release({ holdId: orderId, orderId, reason: 'Compensation' }));
		return client.reserve(hold);
	};
	const quote = ctx.run('Price seats', () => price(seats));
	compensations.push(() => session.close({ orderId, kept: false }));
	const opened = session.open({ orderId, seats: [...seats] });

	const [first, ...others] = seats;
	const results = await restate.RestatePromise.all([quote, opened, reserve(first ?? '')]);
	for (const seat of others) await reserve(seat);
	return { quote: results[0] };
}

/** What the seats cost. @throws TerminalError 404 for an unknown seat, 400 for mixed events */
async function price(seats: readonly string[]): Promise<Quote> {
	const found = await Promise.all(seats.map(findSeat));
	const event = found[0]?.event;
	if (!event || found.some((seat) => seat.event.id !== event.id))
		throw new restate.TerminalError('One order buys seats of one event: split it by event', {
			errorCode: 400
		});
	const prices = found.map(({ seat }) => event.venue.categories[seat[6]]?.price ?? 0);
	return {
		eventId: event.id,
		amount: prices.reduce((sum, each) => sum + each, 0),
		currency: event.currency
	};
}

/** What the buyer is told. A payment that was retried in vain says so as any failed payment does. */
function explain(error: restate.TerminalError): restate.TerminalError {
	if (error instanceof restate.CancelledError || error.code !== 500) return error;
	return new restate.TerminalError(`Payment Failed: ${error.message}`, { errorCode: 402 });
}
