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

/** The intent that took an order's money, or null when none has. */
export async function capturedIntent(orderId: string): Promise<string | null> {
	try {
		const intents = await findIntents(orderId);
		return intents.find(({ status }) => status === 'succeeded')?.id ?? null;
	} catch (error) {
		throw inDoubt(error);
	}
}

/** What is known of an order's payment when it is to be given back. */
export interface Taken {
	/** Whether the gateway was asked for money at all. */
	asked: boolean;
	/** The intent, where its answer arrived. */
	intent: string | null;
	/** The order, when an attempt was made whose outcome nobody heard. */
	inDoubt: PaymentOrder | null;
	/** What became of it, once it was given back. */
	returned?: Returned['status'] | null;
}

export interface Returned {
	intent: string;
	status: 'canceled' | 'refunded';
}

/**
 * Gives back whatever an order took: voids an authorisation, refunds a capture. Idempotent.
 *
 * An unheard outcome is looked up by the order's ID. Where that finds nothing the attempt is
 * repeated under its own idempotency key, which answers with what it did the first time, because
 * Stripe's search may be a minute behind.
 */
export async function returnMoney(orderId: string, taken: Taken): Promise<Returned[]> {
	try {
		const intents = await intentsOf(orderId, taken);
		return await Promise.all(intents.map((intent, index) => giveBack(orderId, intent, index + 1)));
	} catch (error) {
		throw inDoubt(error);
	}
}

async function intentsOf(orderId: string, taken: Taken): Promise<Stripe.PaymentIntent[]> {
	if (taken.intent !== null) return [await stripe().paymentIntents.retrieve(taken.intent)];
	const found = await findIntents(orderId);
	if (found.length > 0 || taken.inDoubt === null) return found;
	const id = await authorise(taken.inDoubt).catch((error: unknown) => {
		if (error instanceof TerminalError) return null;
		throw error;
	});
	return id === null ? [] : [await stripe().paymentIntents.retrieve(id)];
}

const findIntents = async (orderId: string): Promise<Stripe.PaymentIntent[]> =>
	(await stripe().paymentIntents.search({ query: `metadata['order_id']:'${orderId}'` })).data;

async function giveBack(
	orderId: string,
	{ id, status, amount_received }: Stripe.PaymentIntent,
	attempt: number
): Promise<Returned> {
	if (status === 'succeeded') {
		const idempotencyKey = `${orderId}/refund/${attempt}`;
		const refunds = await stripe().refunds.list({ payment_intent: id, limit: 100 });
		const left = refunds.data.reduce((rest, { amount }) => rest - amount, amount_received);
		if (left > 0)
			await stripe().refunds.create({ payment_intent: id, amount: left }, { idempotencyKey });
		return { intent: id, status: 'refunded' };
	}
	if (status !== 'canceled')
		await stripe().paymentIntents.cancel(id, {}, { idempotencyKey: `${orderId}/void/${attempt}` });
	return { intent: id, status: 'canceled' };
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
