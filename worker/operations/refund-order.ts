import { RestatePromise, TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { money } from '../../shared/money.ts';
import { sumUpMoney } from '../../shared/money-report.ts';
import type { MoneySum } from '../../shared/money-report.ts';
import type { Order } from '../../shared/order.ts';
import { notify, sessionSend, ticketOf } from '../clients.ts';
import { reportMoney } from '../gateways/money-report.ts';
import { refundPart, returnMoney } from '../gateways/payment.ts';
import type { Returned } from '../gateways/payment.ts';
import { readRefunded, recordPayment, recordRefunded } from '../orders.ts';
import { Identifier } from '../schemas.ts';
import { conflict, refused } from './action.ts';
import type { Action, Effect, Refusal, Warrant } from './action.ts';
import { lookAtOrder, orderMoved } from './order-evidence.ts';

/** A confirmed order is given back; of a closed one, only money that was kept or came back. */
const REFUNDABLE = ['CONFIRMED', 'REFUNDED', 'FAILED', 'CANCELLED'] as const;

const RefundOrder = z.object({
	orderId: Identifier,
	/** Minor units; all that is left without it. A part leaves the buyer the seats. */
	amount: z.int().min(1).optional(),
	expect: z.object({
		status: z.enum(REFUNDABLE, 'only an order that has ended can be refunded'),
		/** What had been given back before, in minor units. */
		refunded: z.int().min(0).optional()
	})
});

type Request = z.infer<typeof RefundOrder>;

export interface RefundEvidence {
	order: Order;
	/** What was taken for it, in minor units. */
	paid: number;
	/** What of that was given back so far, by whomever, in minor units. */
	refunded: number;
}

export interface OrderRefunded {
	orderId: string;
	/** What the gateway gave back; empty for a part. */
	returned: Returned[];
	/** What was given back in all, in minor units. */
	refunded: number;
}

/**
 * Gives a confirmed order's money back, and with the last of it its seats; and tells the buyer. Of an
 * order that is closed already, it gives back the money that the gateway still has: a refund may have
 * failed. How much is left, the gateway says: money may have gone back without Nexus.
 */
export const refundOrder: Action<Request, RefundEvidence, OrderRefunded> = {
	name: 'refundOrder',
	schema: RefundOrder,
	targetOf: ({ orderId }) => orderId,
	look: async (ctx, { orderId }) => {
		const order = await lookAtOrder(ctx, orderId);
		const { paid, returned } = await ctx.run('Read refunds', () => moneyOf(order));
		return { order, paid, refunded: returned };
	},
	refusalOf: ({ expect, amount }, { order, paid, refunded }) => {
		const moved = orderMoved(order, expect.status);
		if (moved) return moved;
		if (expect.refunded !== undefined && expect.refunded !== refunded)
			return conflict(
				`Order changed since you looked: you saw ${expect.refunded} refunded, it is ${refunded} now`
			);
		const left = paid - refunded;
		if (order.status !== 'CONFIRMED') return keptRefusal(order, { amount, left });
		if (amount === undefined || amount <= left) return null;
		return conflict(
			left > 0
				? `Of ${paid} paid, ${left} is left to return, not ${amount}`
				: `Of ${paid} paid nothing is left to return: ask for the whole to close the order`
		);
	},
	approvalFor: ({ amount }, { paid, refunded }) => {
		const goes = amount ?? paid - refunded;
		return approvalFor({ action: 'refundOrder', refunded: goes > 0 ? refunded + goes : 0 });
	},
	isFinal: () => true,
	carryOut: (ctx, { amount }, evidence, warrant) =>
		evidence.order.status !== 'CONFIRMED'
			? returnKept(ctx, evidence)
			: amount === undefined || amount === evidence.paid - evidence.refunded
				? refundAll(ctx, evidence, warrant)
				: refundSome(ctx, amount, evidence, warrant)
};

function keptRefusal(
	{ status }: Order,
	{ amount, left }: { amount: number | undefined; left: number }
): Refusal | null {
	if (left <= 0) return conflict(`The order is ${status}, and nothing of its money is kept`);
	if (amount === undefined) return null;
	return conflict(`The order is ${status}: all that is kept goes back, so leave the amount out`);
}

/**
 * What the gateway says; where it does not answer, what is on record, until it is asked to pay. That
 * a closed order's money is kept, only the gateway can say: an order that failed may have paid nothing.
 */
async function moneyOf({ id, amount, paymentIntent, status }: Order): Promise<MoneySum> {
	try {
		return sumUpMoney(await reportMoney(id, paymentIntent));
	} catch (error) {
		if (!(error instanceof TerminalError) || status !== 'CONFIRMED') throw error;
		return { paid: amount, returned: (await readRefunded(env.DB, id)) ?? 0 };
	}
}

async function refundAll(
	ctx: Context,
	{ order, paid, refunded: before }: RefundEvidence,
	{ reason }: Warrant
): Promise<Effect<OrderRefunded>> {
	const { id: orderId } = order;
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
	await ctx.run('Record refund', () => recordRefunded(env.DB, orderId, paid, Date.now()));
	const closed =
		paid > before
			? 'The order was refunded'
			: 'Nothing was left to return, and the order was closed';
	const seats = order.seats.length === 1 ? '1 seat is' : `${order.seats.length} seats are`;
	return {
		before: { ...order, refunded: before },
		after: { ...after, returned, refunded: paid },
		message: `${closed}: ${seats} free again, and the buyer is told`,
		invocationIds: [order.invocationId, mail],
		own: { orderId, returned, refunded: paid }
	};
}

/** The order, its seats and its buyer's mail are as they were: only the money had not gone. */
async function returnKept(
	ctx: Context,
	{ order, paid, refunded: before }: RefundEvidence
): Promise<Effect<OrderRefunded>> {
	const { id: orderId } = order;
	const taken = { intent: order.paymentIntent, inDoubt: null };
	const returned = await ctx.run('Refund payment', () => returnMoney(orderId, taken));
	await ctx.run('Record refund', async () => {
		await recordRefunded(env.DB, orderId, paid, Date.now());
		for (const { intent, status } of returned)
			await recordPayment(env.DB, orderId, intent, status, Date.now());
	});
	return {
		before: { ...order, refunded: before },
		after: { ...order, returned, refunded: paid },
		message: `${money(paid - before, order.currency)} was sent back to the card; the order stays ${order.status}`,
		invocationIds: [order.invocationId],
		own: { orderId, returned, refunded: paid }
	};
}

async function refundSome(
	ctx: Context,
	amount: number,
	{ order, paid, refunded: before }: RefundEvidence,
	{ changeId }: Warrant
): Promise<Effect<OrderRefunded>> {
	const { id: orderId, paymentIntent: intent } = order;
	if (intent === null)
		throw refused(conflict('The order has no payment that a part could be returned of'));
	const part = { orderId, intent, amount, changeId };
	const price = (minor: number) => money(minor, order.currency);
	const refunded = await ctx.run('Refund a part', () => refundPart(part));
	await ctx.run('Record refund', () => recordRefunded(env.DB, orderId, refunded, Date.now()));
	const mail = await notify(ctx).partRefunded({ order, amount, changeId }).invocationId;
	return {
		before: { refunded: before },
		after: { refunded },
		message: `A part was refunded: ${price(refunded)} of ${price(paid)} in all; the seats stay sold`,
		invocationIds: [order.invocationId, mail],
		own: { orderId, returned: [], refunded }
	};
}
