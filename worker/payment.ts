import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import type { MoneyReport } from '../shared/money-report.ts';
import { ROLES } from '../shared/operator-token.ts';
import { invocationIdOf, isOrderId, PAYMENT_STATUSES } from '../shared/order.ts';
import type { Order } from '../shared/order.ts';
import { advancePayment, emptyPayment } from '../shared/payment.ts';
import type { PaymentState } from '../shared/payment.ts';
import { parseSeatKey } from '../shared/seat-key.ts';
import { notify, paymentSend, sessionSend, ticketOf } from './clients.ts';
import { reportMoney } from './gateways/money-report.ts';
import { findCapture, returnMoney } from './gateways/payment.ts';
import type { Capture } from './gateways/payment.ts';
import { readInvocation } from './invocations.ts';
import { requireOperator } from './operator.ts';
import { readOrder, recordPayment, recordRefunded } from './orders.ts';
import { HOLD_MS } from './policy.ts';
import { Identifier, input, UNRECORDED } from './schemas.ts';

/**
 * One order's money, apart from the checkout that moves it: what the gateway reports, and what is
 * left over when the checkout is no more.
 */

const Observation = z.object({
	eventId: Identifier,
	intent: Identifier,
	status: z.enum(PAYMENT_STATUSES).nullable(),
	refunded: z.int().min(0).nullable().default(null)
});
const PaymentOrder = z.object({
	orderId: Identifier,
	userId: Identifier,
	eventId: Identifier,
	seats: z.array(Identifier).readonly(),
	amount: z.int(),
	currency: z.string(),
	paymentMethod: Identifier,
	pricedAt: z.number()
});
const Settle = z.object({
	intent: Identifier.nullable(),
	inDoubt: PaymentOrder.nullable(),
	/** Whose session is closed then; messages of older versions do not say. */
	userId: Identifier.optional()
});
const Reconcile = z.object({ userId: Identifier, seats: z.array(Identifier) });

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
				const { intent, status, refunded } = seen;
				// A sum only grows, so one that is heard of late or again changes nothing.
				if (refunded !== null)
					await ctx.run('Record refund', () =>
						recordRefunded(env.DB, ctx.key, refunded, Date.now())
					);
				if (!moved || status === null) return;
				await ctx.run('Record payment', () =>
					recordPayment(env.DB, ctx.key, intent, status, Date.now())
				);
				ctx.console.info('Payment moved on', { ...seen });
			}
		),

		/** Gives back what a checkout could not while it lasted; as long as that takes. */
		settle: restate.handlers.object.exclusive(
			{ ...input(Settle), ingressPrivate: true },
			async (ctx: Context, { userId, ...taken }: z.infer<typeof Settle>): Promise<void> => {
				const [returned] = await ctx.run('Void or refund payment', () =>
					returnMoney(ctx.key, taken)
				);
				if (userId !== undefined) sessionSend(ctx, userId).close({ orderId: ctx.key, kept: false });
				if (!returned) return;
				const { intent, status } = returned;
				await ctx.run('Record payment', () =>
					recordPayment(env.DB, ctx.key, intent, status, Date.now())
				);
				ctx.console.info('Payment given back', { ...returned });
			}
		),

		/**
		 * Nobody has closed this order. While its checkout lives, the checkout settles it; one that
		 * was killed cannot, so it is settled here: completed when the buyer has paid for seats that
		 * are sold to this order, undone otherwise. An end that is on record already stands, but what
		 * was to follow it may have been killed with the checkout.
		 */
		reconcile: restate.handlers.object.exclusive(
			{ ...input(Reconcile), ingressPrivate: true },
			async (ctx: Context, cart: z.infer<typeof Reconcile>): Promise<void> => {
				const orderId = ctx.key;
				const checkoutId = invocationIdOf(orderId);
				const checkout = await ctx.run('Look at checkout', () => readInvocation(checkoutId));
				if (checkout && checkout.status !== 'completed') {
					const later = restate.rpc.sendOpts<typeof cart>({ delay: HOLD_MS });
					paymentSend(ctx, orderId).reconcile(cart, later);
					return;
				}
				const order = await ctx.run('Read order', () => readOrder(env.DB, orderId));
				// What follows one that went well is on its way.
				if (checkout?.result === 'success') return;
				const ended = order !== null && order.status !== 'OPEN';
				const capture = ended ? null : await ctx.run('Look at payment', () => findCapture(orderId));
				const kept = ended
					? order.status === 'CONFIRMED'
					: capture !== null && (await allSold(ctx, cart.seats));
				if (!kept) await undo(ctx, cart.seats);
				if (kept && capture)
					reportConfirmed(ctx, order ?? orderOf(orderId, cart, capture), capture.intent);
				else if (order && !ended) reportFailed(ctx, order);
				sessionSend(ctx, cart.userId).close({ orderId, kept });
				ctx.console.warn('Settled an order whose checkout is gone', { orderId, kept });
			}
		),

		/** What the gateway says of the order's money now. For operators of any role. */
		money: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<PaymentStore>): Promise<MoneyReport> => {
				await requireOperator(ctx, ROLES);
				if (!isOrderId(ctx.key))
					throw new restate.TerminalError('The key is not an order ID', { errorCode: 400 });
				const order = await readOrder(env.DB, ctx.key);
				return reportMoney(ctx.key, order?.paymentIntent ?? null);
			}
		)
	}
});

export type Payment = typeof payment;

async function allSold(ctx: Context, seats: readonly string[]): Promise<boolean> {
	const views = await restate.RestatePromise.all(seats.map((seat) => ticketOf(ctx, seat).get()));
	return views.every(({ status, orderId }) => status === 'SOLD' && orderId === ctx.key);
}

async function undo(ctx: Context, seats: readonly string[]): Promise<void> {
	const orderId = ctx.key;
	const terms = { holdId: orderId, orderId, reason: 'The checkout was stopped' };
	await restate.RestatePromise.all(seats.map((seat) => ticketOf(ctx, seat).release(terms)));
	const unknown = { intent: null, inDoubt: null };
	await ctx.run('Void or refund payment', () => returnMoney(orderId, unknown));
}

/**
 * An order that was paid for and never came on record, as D1 was away and the message that told of it
 * was killed with the checkout. Where its mail was to go is not known any more.
 */
const orderOf = (
	id: string,
	{ userId, seats }: z.infer<typeof Reconcile>,
	{ intent, amount, currency }: Capture
): Order => ({
	...{ id, invocationId: invocationIdOf(id), userId, email: null, seats, amount, currency },
	eventId: parseSeatKey(seats[0] ?? '')?.eventId ?? '',
	status: 'OPEN',
	paymentIntent: intent,
	paymentStatus: 'succeeded',
	reason: null
});

function reportConfirmed(ctx: Context, order: Order, paymentIntent: string): void {
	notify(ctx).orderConfirmed({
		...order,
		status: 'CONFIRMED',
		paymentIntent,
		paymentStatus: 'succeeded'
	});
}

function reportFailed(ctx: Context, order: Order): void {
	notify(ctx).orderFailed({
		...order,
		status: 'FAILED',
		reason: 'The checkout was stopped before it could finish'
	});
}
