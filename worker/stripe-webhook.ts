import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { paymentSend } from './clients.ts';
import { readWebhook } from './gateways/stripe-events.ts';

/**
 * Where Stripe reports what happened to a payment: POST <ingress>/StripeWebhook/receive. The
 * signature is checked over the raw body; whatever is not about an order of ours is acknowledged
 * and left alone.
 */
export const stripeWebhook = restate.service({
	name: 'StripeWebhook',
	handlers: {
		receive: restate.handlers.handler(
			{ input: restate.serde.binary, accept: '*/*' },
			async (ctx: restate.Context, body: Uint8Array): Promise<{ received: true }> => {
				const signature = ctx.request().headers.get('stripe-signature');
				const news = await readWebhook(body, signature);
				if (news) {
					const { orderId, ...observation } = news;
					paymentSend(ctx, orderId).observe(observation);
				}
				return { received: true };
			}
		)
	}
});
