import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { ORDER_STATUSES, PAYMENT_STATUSES } from '../shared/order.ts';
import type { Order } from '../shared/order.ts';
import { sendMail } from './gateways/email.ts';
import { confirmationMail, failureMail, mailOf, partRefundMail, refundMail } from './mails.ts';
import type { MailText } from './mails.ts';
import { recordMail, recordOrder } from './orders.ts';
import { input } from './schemas.ts';

/**
 * What follows an order, off the sale's path: its row in D1 and its mail. Called one way, so a
 * slow mail provider holds up no checkout; it retries on its own. The idempotency key makes the
 * provider send each mail once, however often this runs.
 *
 * A row may be written any number of times, so writing it is no step of its own: a step ends the
 * Worker's call, and what follows it is another.
 */

const OrderInput: z.ZodType<Order> = z.object({
	id: z.string(),
	invocationId: z.string(),
	eventId: z.string(),
	userId: z.string(),
	email: z.string().nullable(),
	seats: z.array(z.string()),
	amount: z.int(),
	currency: z.string(),
	status: z.enum(ORDER_STATUSES),
	paymentIntent: z.string().nullable(),
	paymentStatus: z.enum(PAYMENT_STATUSES).nullable(),
	reason: z.string().nullable()
});

const PartRefunded = z.object({ order: OrderInput, amount: z.int(), changeId: z.string() });

const internal = { ...input(OrderInput), ingressPrivate: true };

export const notification = restate.service({
	name: 'Notification',
	handlers: {
		/** The buyer has begun to pay, and D1 did not take the order's row at that time. */
		orderOpened: restate.handlers.handler(internal, async (_: restate.Context, order: Order) =>
			record(order)
		),
		orderConfirmed: restate.handlers.handler(internal, async (ctx: restate.Context, order: Order) =>
			follow(ctx, order, 'order-confirmed', confirmationMail(order))
		),
		orderFailed: restate.handlers.handler(internal, async (ctx: restate.Context, order: Order) =>
			follow(ctx, order, 'order-failed', failureMail(order))
		),
		orderRefunded: restate.handlers.handler(internal, async (ctx: restate.Context, order: Order) =>
			follow(ctx, order, 'order-refunded', refundMail(order))
		),
		/** A part of the money came back; the change that did it names the mail. */
		partRefunded: restate.handlers.handler(
			{ ...input(PartRefunded), ingressPrivate: true },
			async (ctx: restate.Context, { order, amount, changeId }: z.infer<typeof PartRefunded>) =>
				mailTo(ctx, order, `order-part-refunded/${changeId}`, partRefundMail(order, amount))
		),
		/** A deliberate resend: a new key, so the provider sends the mail again. */
		resend: restate.handlers.handler(internal, async (ctx: restate.Context, order: Order) =>
			mailTo(ctx, order, `order-resend/${ctx.request().id}`, mailOf(order))
		)
	}
});

export type Notification = typeof notification;

async function follow(
	ctx: restate.Context,
	order: Order,
	kind: string,
	mail: MailText
): Promise<void> {
	if (order.email === null) await record(order);
	else await mailTo(ctx, order, `${kind}/${order.id}`, mail, () => record(order));
}

const record = (order: Order) => recordOrder(env.DB, order, Date.now());

/** Sends a mail once, after `first` was done, and notes on the order's row that it went out. */
async function mailTo(
	ctx: restate.Context,
	{ id, email: to }: Order,
	idempotencyKey: string,
	mail: MailText | undefined,
	first: () => Promise<void> = () => Promise.resolve()
): Promise<void> {
	if (to === null || mail === undefined) return;
	const mailId = await ctx.run('Send mail', async () => {
		await first();
		return sendMail({ to, ...mail, idempotencyKey });
	});
	await recordMail(env.DB, id, mailId, Date.now());
	ctx.console.info('Mail sent', { orderId: id, idempotencyKey, mailId });
}
