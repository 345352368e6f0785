import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import Stripe from 'stripe';
import type { PaymentStatus } from '../../shared/order.ts';

/** What a webhook event says of one order's payment. */
export interface PaymentNews {
	orderId: string;
	eventId: string;
	intent: string;
	status: PaymentStatus;
}

/**
 * Verifies a webhook and reads it.
 *
 * @returns undefined for an event that is not about an order's payment
 * @throws TerminalError 400 for a missing, wrong or stale signature, 503 when no secret is set
 */
export async function readWebhook(
	body: Uint8Array,
	signature: string | undefined
): Promise<PaymentNews | undefined> {
	const secret = env.STRIPE_WEBHOOK_SECRET;
	if (!secret)
		throw new TerminalError('Webhooks are not set up: STRIPE_WEBHOOK_SECRET is missing', {
			errorCode: 503
		});
	if (!signature) throw refused('the stripe-signature header is missing');
	const text = new TextDecoder().decode(body);
	const crypto = Stripe.createSubtleCryptoProvider();
	try {
		const event = await Stripe.webhooks.constructEventAsync(
			text,
			signature,
			secret,
			undefined,
			crypto
		);
		return newsOf(event);
	} catch (error) {
		if (error instanceof Stripe.errors.StripeSignatureVerificationError)
			throw refused('the signature does not match this body, or is too old');
		if (error instanceof SyntaxError) throw refused('the body is not JSON');
		throw error;
	}
}

function newsOf(event: Stripe.Event): PaymentNews | undefined {
	const eventId = event.id;
	switch (event.type) {
		case 'payment_intent.amount_capturable_updated':
			return ofIntent(eventId, event.data.object, 'requires_capture');
		case 'payment_intent.succeeded':
			return ofIntent(eventId, event.data.object, 'succeeded');
		case 'payment_intent.canceled':
			return ofIntent(eventId, event.data.object, 'canceled');
		case 'charge.refunded': {
			const { metadata, payment_intent: of } = event.data.object;
			const id = typeof of === 'string' ? of : (of?.id ?? '');
			return ofIntent(eventId, { id, metadata }, 'refunded');
		}
		default:
			return undefined;
	}
}

function ofIntent(
	eventId: string,
	{ id, metadata }: { id: string; metadata: Stripe.Metadata },
	status: PaymentStatus
): PaymentNews | undefined {
	const orderId = metadata['order_id'];
	return orderId ? { orderId, eventId, intent: id, status } : undefined;
}

const refused = (why: string): TerminalError =>
	new TerminalError(`Webhook refused: ${why}`, { errorCode: 400 });
