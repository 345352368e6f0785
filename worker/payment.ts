import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { advancePayment, emptyPayment } from '../shared/payment.ts';
import type { PaymentState } from '../shared/payment.ts';
import { invocationIdOf, PAYMENT_STATUSES } from '../shared/order.ts';
import { notify, paymentSend, sessionSend } from './clients.ts';
import { returnMoney } from './gateways/payment.ts';
import { readInvocation } from './invocations.ts';
import { readOrder, recordPayment } from './orders.ts';
import { HOLD_MS } from './policy.ts';
import { Identifier, input } from './schemas.ts';

/**
 * One order's money, apart from the checkout that moves it: what the gateway reports, and what is
 * left over when the checkout is no more.
 */

const Observation = z.object({
	eventId: Identifier,
	intent: Identifier,
	status: z.enum(PAYMENT_STATUSES)
});

interface PaymentStore extends restate.TypedState {
	payment: PaymentState;
}

type Context = restate.ObjectContext<PaymentStore>;

export const payment = restate.object({
	name: 'Payment',
	handlers: {
		/** A webhook's news. Repeated or late ones change nothing. */
		observe: restate.handlers.object.exclusive(
			{ ...input(Observation), ingressPrivate: true },
			async (ctx: Context, seen: z.infer<typeof Observation>): Promise<void> => {
				const before = (await ctx.get('payment')) ?? emptyPayment();
				const { state, moved } = advancePayment(before, seen);
				ctx.set('payment', state);
				if (!moved) return;
				await ctx.run('Record payment', () =>
					recordPayment(env.DB, ctx.key, seen.intent, seen.status, Date.now())
				);
				ctx.console.info('Payment moved on', { ...seen });
			}
		),

		/**
		 * This order's checkout has lost a seat. While it lives it settles its own money; one that
		 * was killed cannot, so it is settled here.
		 */
		reconcile: restate.handlers.object.exclusive(
			{ ingressPrivate: true },
			async (ctx: Context): Promise<void> => {
				const orderId = ctx.key;
				const checkoutId = invocationIdOf(orderId);
				const checkout = await ctx.run('Look at checkout', () => readInvocation(checkoutId));
				if (checkout && checkout.status !== 'completed') {
					const later = restate.rpc.sendOpts({ delay: HOLD_MS });
					paymentSend(ctx, orderId).reconcile(later);
					return;
				}
				// What a checkout that ended by itself had to settle, it has settled.
				if (checkout?.result === 'success') return;
				const order = await ctx.run('Read order', () => readOrder(env.DB, orderId));
				const settled = order ? order.status !== 'OPEN' : checkout === null;
				if (settled) return;
				const nothingKnown = { asked: true, intent: null, inDoubt: null };
				await ctx.run('Void or refund payment', () => returnMoney(orderId, nothingKnown));
				if (order) {
					sessionSend(ctx, order.userId).close({ orderId, kept: false });
					notify(ctx).orderFailed({
						...order,
						status: 'FAILED',
						reason: 'The checkout was stopped before it could finish'
					});
				}
				ctx.console.warn('Settled the money of a checkout that is gone', { orderId, checkoutId });
			}
		)
	}
});

export type Payment = typeof payment;
