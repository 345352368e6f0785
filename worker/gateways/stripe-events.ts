import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import Stripe from 'stripe';
import { z } from 'zod';
import type { PaymentStatus } from '../../shared/order.ts';

/** What a webhook event says of one order's payment. */
export interface PaymentNews {
	orderId: string;
	eventId: string;
	intent: string;
	/** Null where it leaves the status as it is: a part of the money went back. */
	status: PaymentStatus | null;
	/** What went back so far in all, in minor units; null where it does not tell. */
	refunded: number | null;
}

const Metadata = z.record(z.string(), z.string()).default({});
const Intent = z.object({ id: z.string(), metadata: Metadata });
const Charge = z.object({
	payment_intent: z.string(),
	refunded: z.boolean(),
	amount_refunded: z.int().min(0).optional(),
	metadata: Metadata
});
const Envelope = z.object({
	id: z.string(),
	type: z.string(),
	data: z.object({ object: z.unknown().optional() })
});

const INTENT_EVENTS: Record<string, PaymentStatus> = {
	'payment_intent.amount_capturable_updated': 'requires_capture',
	'payment_intent.succeeded': 'succeeded',
	'payment_intent.canceled': 'canceled'
};

/** Stripe's events have a few kB. */
const MAX_BYTES = 256 * 1024;

/**
 * Verifies a webhook and reads it.
 *
 * @returns undefined for an event that is not about an order's payment
 * @throws TerminalError 400 for a missing, wrong or stale signature or a body that is no event,
 * 413 for one that is too large, 503 when no secret is set
 */
export async function readWebhook(
	body: Uint8Array,
	signature: string | undefined
): Promise<PaymentNews | undefined> {
	if (body.length > MAX_BYTES) throw refused(`the body is larger than ${MAX_BYTES} bytes`, 413);
	const event = Envelope.safeParse(await verified(body, signature));
	if (!event.success) throw refused('the body is not a Stripe event');
	try {
		return newsOf(event.data);
	} catch (error) {
		if (error instanceof z.ZodError) throw refused(`the event is not as Stripe sends it`);
		throw error;
	}
}

async function verified(body: Uint8Array, signature: string | undefined): Promise<unknown> {
	const secret = env.STRIPE_WEBHOOK_SECRET;
	if (!secret) throw refused('STRIPE_WEBHOOK_SECRET is not set', 503);
	if (!signature) throw refused('the stripe-signature header is missing');
	const text = new TextDecoder().decode(body);
	const crypto = Stripe.createSubtleCryptoProvider();
	try {
		return await Stripe.webhooks.constructEventAsync(text, signature, secret, undefined, crypto);
	} catch (error) {
		if (error instanceof Stripe.errors.StripeSignatureVerificationError)
			throw refused('the signature does not match this body, or is too old');
		if (error instanceof SyntaxError) throw refused('the body is not JSON');
		throw error;
	}
}

function newsOf({ id: eventId, type, data }: z.infer<typeof Envelope>): PaymentNews | undefined {
	const status = INTENT_EVENTS[type];
	if (status) {
		const { id: intent, metadata } = Intent.parse(data.object);
		return ofOrder(metadata, { eventId, intent, status, refunded: null });
	}
	if (type !== 'charge.refunded') return undefined;
	const charge = Charge.parse(data.object);
	return ofOrder(charge.metadata, {
		...{ eventId, intent: charge.payment_intent },
		// Stripe sends this for a part of the money as well.
		status: charge.refunded ? 'refunded' : null,
		refunded: charge.amount_refunded ?? null
	});
}

const ofOrder = (
	metadata: z.infer<typeof Metadata>,
	news: Omit<PaymentNews, 'orderId'>
): PaymentNews | undefined => {
	const orderId = metadata['order_id'];
	return orderId ? { orderId, ...news } : undefined;
};

const refused = (why: string, errorCode = 400): TerminalError =>
	new TerminalError(`Webhook refused: ${why}`, { errorCode });
