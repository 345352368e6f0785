import { RestatePromise } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import type { Order } from '../../shared/order.ts';
import { notify, sessionSend, ticketOf } from '../clients.ts';
import { refundPart, returnMoney } from '../gateways/payment.ts';
import type { Returned } from '../gateways/payment.ts';
import { readRefunded, recordRefunded } from '../orders.ts';
import { Identifier } from '../schemas.ts';
import { conflict, refused } from './action.ts';
import type { Action, Effect, Warrant } from './action.ts';
import { lookAtOrder, orderMoved } from './order-evidence.ts';

const RefundOrder = z.object({
	orderId: Identifier,
	/** Minor units; all that is left without it. A part leaves the buyer the seats. */
	amount: z.int().min(1).optional(),
	expect: z.object({
		status: z.literal('CONFIRMED', 'only a confirmed order can be refunded'),
		/** What had been given back before, in minor units. */
		refunded: z.int().min(0).optional()
	})
});

type Request = z.infer<typeof RefundOrder>;

export interface RefundEvidence {
	order: Order;
	/** What was given back of its money so far, in minor units. */
	refunded: number;
}

export interface OrderRefunded {
	orderId: string;
	/** What the gateway gave back; empty for a part. */
	returned: Returned[];
	/** What was given back in all, in minor units. */
	refunded: number;
}

/** Gives a confirmed order's money back, and with the last of it its seats; and tells the buyer. */
export const refundOrder: Action<Request, RefundEvidence, OrderRefunded> = {
	name: 'refundOrder',
	schema: RefundOrder,
	targetOf: ({ orderId }) => orderId,
	look: async (ctx, { orderId }) => {
		const order = await lookAtOrder(ctx, orderId);
		const refunded = await ctx.run('Read refunds', () => readRefunded(env.DB, orderId));
		return { order, refunded: refunded ?? 0 };
	},
	refusalOf: ({ expect, amount }, { order, refunded }) => {
		const moved = orderMoved(order, expect.status);
		if (moved) return moved;
		if (expect.refunded !== undefined && expect.refunded !== refunded)
			return conflict(
				`Order changed since you looked: you saw ${expect.refunded} refunded, it is ${refunded} now`
			);
		const left = order.amount - refunded;
		if (amount !== undefined && amount > left)
			return conflict(`Of ${order.amount} paid, ${left} is left to return, not ${amount}`);
		return null;
	},
	approvalFor: ({ amount }, { order, refunded }) =>
		approvalFor({
			action: 'refundOrder',
			refunded: amount === undefined ? order.amount : refunded + amount
		}),
	isFinal: () => true,
	carryOut: (ctx, { amount }, evidence, warrant) =>
		amount === undefined || amount === evidence.order.amount - evidence.refunded
			? refundAll(ctx, evidence, warrant)
			: refundSome(ctx, amount, evidence, warrant)
};

async function refundAll(
	ctx: Context,
	{ order, refunded: before }: RefundEvidence,
	{ reason }: Warrant
): Promise<Effect<OrderRefunded>> {
	const { id: orderId, amount } = order;
	const taken = { intent: order.paymentIntent, inDoubt: null };
	const returned = await ctx.run('Refund payment', () => returnMoney(orderId, taken));
	await RestatePromise.all(
		order.seats.map((seat) =>
			ticketOf(ctx, seat).release({ holdId: orderId, orderId, reason: `Refund: ${reason}` })
		)
	);
	sessionSend(ctx, order.userId).close({ orderId, kept: false });
	const after = { ...order, status: 'REFUNDED', paymentStatus: 'refunded', reason } as const;
	const mail = await notify(ctx).orderRefunded(after).invocationId;
	await ctx.run('Record refund', () => recordRefunded(env.DB, orderId, amount, Date.now()));
	const seats = order.seats.length === 1 ? '1 seat is' : `${order.seats.length} seats are`;
	return {
		before: { ...order, refunded: before },
		after: { ...after, returned, refunded: amount },
		message: `The order was refunded: ${seats} free again, and the buyer is told`,
		invocationIds: [order.invocationId, mail],
		own: { orderId, returned, refunded: amount }
	};
}

async function refundSome(
	ctx: Context,
	amount: number,
	{ order, refunded: before }: RefundEvidence,
	{ changeId }: Warrant
): Promise<Effect<OrderRefunded>> {
	const { id: orderId, paymentIntent: intent } = order;
	if (intent === null)
		throw refused(conflict('The order has no payment that a part could be returned of'));
	const part = { orderId, intent, amount, changeId };
	const refunded = await ctx.run('Refund a part', () => refundPart(part));
	await ctx.run('Record refund', () => recordRefunded(env.DB, orderId, refunded, Date.now()));
	const mail = await notify(ctx).partRefunded({ order, amount, changeId }).invocationId;
	return {
		before: { refunded: before },
		after: { refunded },
		message: `A part was refunded: ${refunded} of ${order.amount} in all; the seats stay sold`,
		invocationIds: [order.invocationId, mail],
		own: { orderId, returned: [], refunded }
	};
}
