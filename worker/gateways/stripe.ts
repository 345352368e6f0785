import { env } from 'cloudflare:workers';
import Stripe from 'stripe';

let client: Stripe | undefined;

/** The client, made at the first call. */
export function stripe(): Stripe {
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

/** The intents of an order. Stripe’s search may be a minute behind. */
export const findIntents = async (orderId: string): Promise<Stripe.PaymentIntent[]> =>
	(await stripe().paymentIntents.search({ query: `metadata['order_id']:'${orderId}'` })).data;

/** Says in one line what the gateway did, for whoever finds the checkout backing off. */
export function inDoubt(error: unknown): Error {
	if (!(error instanceof Stripe.errors.StripeError))
		return error instanceof Error ? error : new Error(String(error));
	const answer = error.statusCode ?? 'nothing';
	return new Error(`Payment gateway answered ${answer}: ${error.message}`, { cause: error });
}
