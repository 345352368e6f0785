import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import Stripe from 'stripe';

/**
 * Payments through Stripe's API. Every call names an idempotency key `<orderId>/<step>/<attempt>`,
 * so that a durable retry repeats the same effect and never makes a second one. Only a definite
 * refusal is terminal; whatever leaves the outcome unknown is thrown as it is, to be retried.
 */

export interface PaymentOrder {
	orderId: string;
	userId: string;
	eventId: string;
	seats: readonly string[];
	/** Minor units of `currency`. */
	amount: number;
	currency: string;
	paymentMethod: string;
}

/** Reserves the amount on the buyer's card. @returns the payment intent's ID */
export async function authorise(order: PaymentOrder): Promise<string> {
	const { orderId, amount, currency, paymentMethod } = order;
	try {
		const intent = await stripe().paymentIntents.create(
			{
				amount,
				currency,
				confirm: true,
				capture_method: 'manual',
				payment_method: paymentMethod,
				automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
				metadata: {
					order_id: orderId,
					user_id: order.userId,
					event_id: order.eventId,
					seats: order.seats.join(',').slice(0, 500)
				}
			},
			{ idempotencyKey: `${orderId}/authorise/1` }
		);
		if (intent.status === 'requires_capture') return intent.id;
		throw declined(`the payment is ${intent.status.replaceAll('_', ' ')}`);
	} catch (error) {
		throw isRefusal(error) ? declined(error.message) : inDoubt(error);
	}
}

/**
 * Takes the authorised money. The seats are sold by now, so no failure here is terminal: it is
 * retried until it succeeds or somebody decides otherwise.
 */
export async function capture(orderId: string, intentId: string): Promise<void> {
	try {
		await stripe().paymentIntents.capture(intentId, {}, { idempotencyKey: `${orderId}/capture/1` });
	} catch (error) {
		// Past the life of its idempotency key a repeated capture is refused as done already.
		const { status } = await stripe().paymentIntents.retrieve(intentId);
		if (status !== 'succeeded') throw inDoubt(error);
	}
}

export interface Returned {
	intent: string;
	how: 'voided' | 'refunded' | 'nothing taken';
}

/**
 * Gives back whatever an order took: voids an authorisation, refunds a capture. Works from the
 * gateway's own record, so it also finds a payment whose answer was lost.
 */
export async function returnMoney(orderId: string): Promise<Returned[]> {
	const found = await stripe().paymentIntents.search({
		query: `metadata['order_id']:'${orderId}'`
	});
	const returned: Returned[] = [];
	for (const { id, status } of found.data) {
		if (status === 'succeeded') {
			await stripe().refunds.create(
				{ payment_intent: id },
				{ idempotencyKey: `${orderId}/refund/${id}` }
			);
			returned.push({ intent: id, how: 'refunded' });
		} else if (status !== 'canceled') {
			const held = status === 'requires_capture';
			await stripe().paymentIntents.cancel(id, {}, { idempotencyKey: `${orderId}/void/${id}` });
			returned.push({ intent: id, how: held ? 'voided' : 'nothing taken' });
		}
	}
	return returned;
}

let client: Stripe | undefined;

function stripe(): Stripe {
	client ??= new Stripe(env.STRIPE_API_KEY ?? 'sk_test_sandbox', {
		httpClient: Stripe.createFetchHttpClient(),
		// Restate retries, with a durable memory of it.
		maxNetworkRetries: 0,
		timeout: 10_000,
		telemetry: false,
		...address(env.STRIPE_API_URL)
	});
	return client;
}

function address(url: string | undefined): Stripe.StripeConfig {
	if (!url) return {};
	const { protocol, hostname, port } = new URL(url);
	const secure = protocol === 'https:';
	return { protocol: secure ? 'https' : 'http', host: hostname, port: port || (secure ? 443 : 80) };
}

/** A card the bank declined, or a request Stripe will never accept: trying again cannot help. */
const isRefusal = (error: unknown): error is Error =>
	error instanceof Stripe.errors.StripeCardError ||
	error instanceof Stripe.errors.StripeInvalidRequestError;

/** Says in one line what the gateway did, for whoever finds the checkout backing off. */
const inDoubt = (error: unknown): Error =>
	error instanceof Stripe.errors.StripeError
		? new Error(`Payment gateway answered ${error.statusCode ?? 'nothing'}: ${error.message}`, {
				cause: error
			})
		: new Error(`Payment gateway call failed: ${String(error)}`, { cause: error });

const declined = (why: string): TerminalError =>
	new TerminalError(`Payment Failed: ${why}`, { errorCode: 402 });
