import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { SETTLED_STATUSES as SETTLED } from '../../shared/order.ts';
import type { Order } from '../../shared/order.ts';
import { notify } from '../clients.ts';
import { Identifier } from '../schemas.ts';
import type { Action } from './action.ts';
import { lookAtOrder, orderMoved } from './order-evidence.ts';

const ResendEmail = z.object({
	orderId: Identifier,
	expect: z.object({
		status: z.enum(SETTLED, 'an order under way has no mail yet: wait until it has ended')
	})
});

type Request = z.infer<typeof ResendEmail>;

export interface EmailResent {
	orderId: string;
	to: string;
}

/** Sends an order's mail once more, as it stands now, under a key of its own. */
export const resendEmail: Action<Request, Order, EmailResent> = {
	name: 'resendEmail',
	schema: ResendEmail,
	targetOf: ({ orderId }) => orderId,
	look: (ctx, { orderId }) => lookAtOrder(ctx, orderId),
	refusalOf: ({ expect }, order) =>
		orderMoved(order, expect.status) ??
		(order.email === null
			? { status: 409, message: `Order "${order.id}" has no e-mail address` }
			: null),
	approvalFor: () => approvalFor({ action: 'resendEmail' }),
	isFinal: () => true,
	carryOut: async (ctx, { orderId }, order) => {
		const to = order.email ?? '';
		const mail = await notify(ctx).resend(order).invocationId;
		return {
			before: null,
			after: { to },
			message: `The mail goes to ${to} once more`,
			invocationIds: [order.invocationId, mail],
			own: { orderId, to }
		};
	}
};
