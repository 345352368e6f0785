import { TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import Stripe from 'stripe';
import { stands } from '../../shared/money-report.ts';
import { findIntents, inDoubt, stripe } from './stripe.ts';

/**
 * Payments through Stripe's API. Every call that changes something names an idempotency key
 * `<orderId>/<step>/<attempt>`, so that a durable retry repeats the same effect and never makes a
 * second one. Only a definite refusal is terminal; whatever leaves the outcome unknown is thrown to
 * be retried.
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
	/** When the order was priced, which is before any attempt to pay; ms since the epoch. */
	pricedAt: number;
}

const HOUR_MS = 60 * 60_000;

/** Stripe forgets a key after 24 hours; from here on what it did is looked up instead. */
const KEY_LIFE_MS = 23 * HOUR_MS;

/**
 * Reserves the amount on the buyer's card.
 *
 * @returns the payment intent's ID
 * @throws TerminalError 402 when the card is declined, or needs what this sale does not offer
 */
export async function authorise(order: PaymentOrder): Promise<string> {
	const { id, status } = await createIntent(order).catch((error: unknown) => {
		throw isRefusal(error) ? declined(error.message) : inDoubt(error);
	});
	if (status === 'requires_capture' || status === 'succeeded') return id;
	throw declined(
		status === 'requires_action'
			? 'the card asks its holder to authenticate, which this sale does not offer'
			: `the payment is ${status.replaceAll('_', ' ')}`
	);
}

async function createIntent(order: PaymentOrder): Promise<Stripe.PaymentIntent> {
	const { orderId, amount, currency, paymentMethod } = order;
	if (Date.now() - order.pricedAt > KEY_LIFE_MS) {
		const [known] = await findIntents(orderId);
		if (known) return known;
	}
	return stripe().paymentIntents.create(
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
}

/**
 * Takes the authorised money. The seats are sold by now, so no failure here is terminal: it is
 * retried until it succeeds or somebody decides otherwise.
 */
export async function capture(
	{ orderId, pricedAt }: PaymentOrder,
	intentId: string
): Promise<void> {
	const idempotencyKey = `${orderId}/capture/${attemptSince(pricedAt)}`;
	try {
		await stripe().paymentIntents.capture(intentId, {}, { idempotencyKey });
	} catch (error) {
		// A repeated capture under another key is refused as done already.
		const { status } = await stripe()
			.paymentIntents.retrieve(intentId)
			.catch((again: unknown) => {
				throw inDoubt(again);
			});
		if (status !== 'succeeded') throw inDoubt(error);
	}
}

/** What took an order's money. */
export interface Capture {
	intent: string;
	/** Minor units of `currency`. */
	amount: number;
	currency: string;
}

/** The payment that took an order's money, or null when none has. */
export async function findCapture(orderId: string): Promise<Capture | null> {
	const intents = await findIntents(orderId).catch((error: unknown) => {
		throw inDoubt(error);
	});
	const captured = intents.find(({ status }) => status === 'succeeded');
	if (!captured) return null;
	const { id: intent, amount, currency } = captured;
	return { intent, amount, currency };
}

/** What is known of an order's payment when it is to be given back. */
export interface Taken {
	/** The intent, where its answer arrived. */
	intent: string | null;
	/** The order, when an attempt was made whose outcome nobody heard. */
	inDoubt: PaymentOrder | null;
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
		return await Promise.all(intents.map((intent) => giveBack(orderId, intent)));
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

/** A part of what an order paid, as one change gives it back. */
export interface PartRefund {
	orderId: string;
	intent: string;
	/** Minor units. */
	amount: number;
	changeId: string;
}

/**
 * Gives back a part of a captured payment. Idempotent for its change: no other part has its key, and
 * what was given back is known by it when the key is forgotten.
 *
 * @returns what was given back of the payment in all, in minor units
 * @throws TerminalError 409 when that would be more than was captured
 */
export async function refundPart(part: PartRefund): Promise<number> {
	const { orderId, intent: id, amount, changeId } = part;
	try {
		const { status, amount_received } = await stripe().paymentIntents.retrieve(id);
		const refunds = await standingRefunds(id);
		const own = refunds.find(({ metadata }) => metadata?.['change_id'] === changeId);
		const others = refunds.filter((refund) => refund !== own);
		const before = others.reduce((sum, refund) => sum + refund.amount, 0);
		if (status !== 'succeeded' || before + amount > amount_received)
			throw new TerminalError(
				`Of the payment ${amount_received - before} is left to return, not ${amount} (it is ` +
					`${status.replaceAll('_', ' ')}). Nothing was done.`,
				{ errorCode: 409 }
			);
		const metadata = { order_id: orderId, change_id: changeId };
		const idempotencyKey = `${orderId}/refund/${changeId}`;
		if (!own)
			await stripe().refunds.create({ payment_intent: id, amount, metadata }, { idempotencyKey });
		return before + amount;
	} catch (error) {
		throw error instanceof TerminalError ? error : inDoubt(error);
	}
}

/** An intent's refunds that took place, or may yet. */
async function standingRefunds(intent: string): Promise<Stripe.Refund[]> {
	return (await refundsOf(intent)).filter(({ status }) => stands(status));
}

const refundsOf = async (intent: string): Promise<Stripe.Refund[]> =>
	(await stripe().refunds.list({ payment_intent: intent, limit: 100 })).data;

async function giveBack(orderId: string, intent: Stripe.PaymentIntent): Promise<Returned> {
	const { id, status, amount_received } = intent;
	const attempt = `${id}.${attemptSince(intent.created * 1_000)}`;
	if (status === 'succeeded') {
		const refunds = await refundsOf(id);
		const standing = refunds.filter(({ status }) => stands(status));
		const left = standing.reduce((rest, { amount }) => rest - amount, amount_received);
		// One that the bank sent back stays the answer to its key: the next needs a key of its own.
		const failed = refunds.length - standing.length;
		const again = failed > 0 ? `.${failed}` : '';
		const idempotencyKey = `${orderId}/refund/${attempt}${again}`;
		if (left > 0)
			await stripe().refunds.create({ payment_intent: id, amount: left }, { idempotencyKey });
		return { intent: id, status: 'refunded' };
	}
	const idempotencyKey = `${orderId}/void/${attempt}`;
	if (status !== 'canceled') await stripe().paymentIntents.cancel(id, {}, { idempotencyKey });
	return { intent: id, status: 'canceled' };
}

/**
 * The attempt's number in its key: a new one each hour. Stripe keeps an answer under its key for a
 * day, a 500 too, and what an intent's own state makes safe to repeat need not wait that long.
 */
const attemptSince = (start: number): number => 1 + Math.floor((Date.now() - start) / HOUR_MS);

/** A card the bank declined, or a request Stripe will never accept: trying again cannot help. */
const isRefusal = (error: unknown): error is Error =>
	error instanceof Stripe.errors.StripeCardError ||
	error instanceof Stripe.errors.StripeInvalidRequestError;

const declined = (why: string): TerminalError =>
	new TerminalError(`Payment Failed: ${why}`, { errorCode: 402 });
