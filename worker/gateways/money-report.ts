import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type Stripe from 'stripe';
import type { IntentReport, MoneyReport } from '../../shared/money-report.ts';
import { findIntents, inDoubt, stripe } from './stripe.ts';

/**
 * Asks the gateway what became of an order's money. Reads only, and once: whoever asks can ask
 * again.
 *
 * @param intentId the order's intent where it is known: Stripe's search may be a minute behind
 * @throws TerminalError 503 when the gateway does not say
 */
export async function reportMoney(orderId: string, intentId: string | null): Promise<MoneyReport> {
	try {
		const intents =
			intentId === null
				? await findIntents(orderId)
				: [await stripe().paymentIntents.retrieve(intentId)];
		return { intents: await Promise.all(intents.map(reportIntent)), at: Date.now() };
	} catch (error) {
		throw new TerminalError(inDoubt(error).message, { errorCode: 503 });
	}
}

async function reportIntent(intent: Stripe.PaymentIntent): Promise<IntentReport> {
	const taken = intent.amount_received > 0;
	const refunds = taken
		? (await stripe().refunds.list({ payment_intent: intent.id, limit: 100 })).data
		: [];
	return {
		id: intent.id,
		status: intent.status,
		currency: intent.currency.toUpperCase(),
		amount: intent.amount,
		captured: intent.amount_received,
		createdAt: intent.created * 1000,
		canceledAt: intent.canceled_at === null ? null : intent.canceled_at * 1000,
		decline: intent.last_payment_error?.message ?? null,
		refunds: refunds.map(({ id, status, amount, created }) => ({
			id,
			status: status ?? 'pending',
			amount,
			createdAt: created * 1000
		}))
	};
}
