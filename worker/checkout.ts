import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import type { Order } from '../shared/order.ts';
import { orderIdOf } from '../shared/order.ts';
import { notify, sessionOf, sessionSend } from './clients.ts';
import { openOrder } from './checkout-order.ts';
import { authorisePayment, confirmSeats, noCharge, settleMoney } from './checkout-payment.ts';
import { capture } from './gateways/payment.ts';
import type { PaymentOrder } from './gateways/payment.ts';
import { compensate } from './saga.ts';
import type { Compensation } from './saga.ts';
import { Identifier, input } from './schemas.ts';

/**
 * The checkout saga: reserve every seat -> authorise the payment -> confirm the seats -> capture
 * -> notify. Each step's compensation is registered before the step, so a decline, a cancel or a
 * lost seat undoes whatever was done, in reverse, and the buyer gets the original error.
 *
 * Money is captured only when every seat is sold to the order. From then on nothing fails for
 * good: a capture that does not get through is retried, then paused where operators see it.
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
		email: z.email('is not an e-mail address').max(254).optional()
	})
);

export interface CheckoutResult {
	status: 'CONFIRMED';
	orderId: string;
	message: 'Booking Confirmed';
}

export const checkout = restate.service({
	name: 'Checkout',
	handlers: {
		checkout: restate.handlers.handler(
			input(CheckoutRequest),
			async (
				ctx: restate.Context,
				request: z.infer<typeof CheckoutRequest>
			): Promise<CheckoutResult> => {
				const { ticketIds: seats, userId, paymentMethod, email = null } = request;
				const invocationId = ctx.request().id;
				const orderId = orderIdOf(invocationId);
				const compensations: Compensation[] = [];
				const taken = noCharge();
				let order: Order | undefined;

				// Registered first, so that in reverse it runs last: the seats come free even while the
				// gateway cannot be reached.
				compensations.push(() => settleMoney(ctx, { orderId, userId }, taken));
				try {
					const cart = { orderId, userId, seats };
					const { pricedAt, ...quote } = await openOrder(ctx, cart, compensations);
					order = openedOrder({ id: orderId, invocationId, userId, email, seats, ...quote });

					const payment: PaymentOrder = { ...cart, ...quote, paymentMethod, pricedAt };
					const intent = await authorisePayment(ctx, order, payment, taken);
					await confirmSeats(ctx, cart);
					await ctx.run('Capture payment', () => capture(payment, intent));
				} catch (error) {
					if (!(error instanceof restate.TerminalError)) throw error;
					ctx.console.warn('Checkout failed, compensating', { orderId, reason: error.message });
					await compensate(ctx, compensations);
					if (order) {
						const status = error instanceof restate.CancelledError ? 'CANCELLED' : 'FAILED';
						notify(ctx).orderFailed({
							...order,
							status,
							paymentIntent: taken.intent,
							paymentStatus: taken.returned,
							reason: error.message
						});
					}
					// After these messages: a kill takes with it what is still on its way, and whatever the
					// session has not forgotten is looked after. Money that is on its way back closes it.
					if (!taken.goesOn)
						await compensate(ctx, [() => sessionOf(ctx, userId).close({ orderId, kept: false })]);
					throw error;
				}

				notify(ctx).orderConfirmed({
					...order,
					status: 'CONFIRMED',
					paymentIntent: taken.intent,
					paymentStatus: 'succeeded'
				});
				sessionSend(ctx, userId).close({ orderId, kept: true });
				ctx.console.info('Order confirmed', { orderId, seats, amount: order.amount });
				return { status: 'CONFIRMED', orderId, message: 'Booking Confirmed' };
			}
		)
	}
});

export type Checkout = typeof checkout;

const openedOrder = (
	facts: Omit<Order, 'status' | 'paymentIntent' | 'paymentStatus' | 'reason'>
): Order => ({ ...facts, status: 'OPEN', paymentIntent: null, paymentStatus: null, reason: null });

function oneOrMany(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || !('ticketId' in value)) return value;
	return { ticketIds: [value.ticketId], ...value };
}
