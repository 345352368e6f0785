import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { notify, sessionSend, ticketOf } from '../clients.ts';
import { returnMoney } from '../gateways/payment.ts';
import type { Returned } from '../gateways/payment.ts';
import { Identifier, input } from '../schemas.ts';
import { act, Justification } from './action.ts';
import { expectOrder } from './orders.ts';

const RefundOrder = z.object({
	...Justification,
	orderId: Identifier,
	expect: z.object({ status: z.literal('CONFIRMED', 'only a confirmed order can be refunded') })
});

export interface OrderRefunded {
	outcome: 'done';
	orderId: string;
	returned: Returned[];
}

/** Gives a confirmed order's money back, then its seats, and tells the buyer. */
export const refundOrder = restate.handlers.handler(
	input(RefundOrder),
	async (
		ctx: restate.Context,
		{ orderId, expect, reason, ticketRef }: z.infer<typeof RefundOrder>
	): Promise<OrderRefunded> => {
		const target = { action: 'refundOrder', target: orderId, reason, ticketRef };
		return act(ctx, target, async () => {
			const order = await expectOrder(ctx, orderId, expect.status);
			const taken = { intent: order.paymentIntent, inDoubt: null };
			const returned = await ctx.run('Refund payment', () => returnMoney(orderId, taken));
			await restate.RestatePromise.all(
				order.seats.map((seat) =>
					ticketOf(ctx, seat).release({ holdId: orderId, orderId, reason: `Refund: ${reason}` })
				)
			);
			sessionSend(ctx, order.userId).close({ orderId, kept: false });
			const after = { ...order, status: 'REFUNDED', paymentStatus: 'refunded', reason } as const;
			notify(ctx).orderRefunded(after);
			return {
				before: order,
				after: { ...after, returned },
				invocationIds: [order.invocationId],
				answer: { outcome: 'done', orderId, returned }
			};
		});
	}
);
