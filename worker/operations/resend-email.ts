import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { SETTLED_STATUSES as SETTLED } from '../../shared/order.ts';
import { notify } from '../clients.ts';
import { Identifier, input } from '../schemas.ts';
import { act, Justification } from './action.ts';
import { expectOrder } from './orders.ts';

const ResendEmail = z.object({
	...Justification,
	orderId: Identifier,
	expect: z.object({
		status: z.enum(SETTLED, 'an order under way has no mail yet: wait until it has ended')
	})
});

export interface EmailResent {
	outcome: 'done';
	orderId: string;
	to: string;
}

/** Sends an order's mail once more, as it stands now, under a key of its own. */
export const resendEmail = restate.handlers.handler(
	input(ResendEmail),
	async (
		ctx: restate.Context,
		{ orderId, expect, reason, ticketRef }: z.infer<typeof ResendEmail>
	): Promise<EmailResent> => {
		const target = { action: 'resendEmail', target: orderId, reason, ticketRef };
		return act(ctx, target, async () => {
			const order = await expectOrder(ctx, orderId, expect.status);
			if (order.email === null)
				throw new restate.TerminalError(`Order "${orderId}" has no e-mail address`, {
					errorCode: 409
				});
			notify(ctx).resend(order);
			return {
				before: null,
				after: { to: order.email },
				invocationIds: [order.invocationId],
				answer: { outcome: 'done', orderId, to: order.email }
			};
		});
	}
);
