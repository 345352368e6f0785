import Stripe from 'stripe';
import { inject } from 'vitest';
import { ledger } from './nexus.ts';
import './provided.ts';

/** What somebody does at the payment gateway itself, without Nexus: in its dashboard. */

const { ports } = inject('settings');

const stripe = new Stripe('sk_test_sandbox', {
	httpClient: Stripe.createFetchHttpClient(),
	...{ host: 'localhost', port: ports.sandbox, protocol: 'http' },
	...{ maxNetworkRetries: 0, telemetry: false }
});

/** The payment of an order, as the gateway has it. */
export async function paymentOf(orderId: string) {
	const { intents } = await ledger();
	const intent = intents.find(({ metadata }) => metadata['order_id'] === orderId);
	if (!intent) throw new Error(`the gateway knows no payment of ${orderId}`);
	return intent;
}

/** Returns money of an order. @param amount minor units; all that is left without it */
export async function refundAtGateway(orderId: string, amount?: number): Promise<void> {
	const { id } = await paymentOf(orderId);
	await stripe.refunds.create({
		payment_intent: id,
		...(amount !== undefined && { amount })
	});
}

/** What the gateway has returned of an order's money, each refund by itself. */
export async function refundsOf(orderId: string): Promise<number[]> {
	const { id } = await paymentOf(orderId);
	const { refunds } = await ledger();
	return refunds
		.filter(({ payment_intent }) => payment_intent === id)
		.map(({ amount }) => amount)
		.sort((one, other) => one - other);
}
