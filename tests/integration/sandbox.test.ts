import { describe, expect, it } from 'vitest';
import { AUTHORISE, failure, useSandbox } from '../support/sandbox.ts';

/** Stripe's semantics, as the official client meets them. */

const { url, stripe, ledger, authorise } = await useSandbox();

describe('payments', () => {
	it('authorises, captures and refunds', async () => {
		const intent = await authorise();
		expect(intent).toMatchObject({
			object: 'payment_intent',
			status: 'requires_capture',
			amount: 5000,
			amount_capturable: 5000,
			livemode: false,
			metadata: AUTHORISE.metadata
		});
		expect(intent.id).toMatch(/^pi_/);
		expect(intent.lastResponse.requestId).toMatch(/^req_/);
		expect(Math.abs(intent.created - Date.now() / 1000)).toBeLessThan(60);

		const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 4000 });
		expect(captured).toMatchObject({ status: 'succeeded', amount_received: 4000 });
		expect(await stripe.paymentIntents.retrieve(intent.id)).toEqual(captured);

		const partial = await stripe.refunds.create({ payment_intent: intent.id, amount: 1500 });
		const rest = await stripe.refunds.create({
			payment_intent: intent.id,
			reason: 'requested_by_customer'
		});
		expect([partial, rest]).toMatchObject([
			{ status: 'succeeded', amount: 1500, reason: null, charge: intent.latest_charge },
			{ status: 'succeeded', amount: 2500, reason: 'requested_by_customer' }
		]);
		expect(await stripe.refunds.retrieve(rest.id)).toEqual(rest);
		const listed = await stripe.refunds.list({ payment_intent: intent.id });
		expect(listed.data).toEqual([rest, partial]);
		expect((await ledger()).intents).toMatchObject([
			{ id: intent.id, amount_refunded: 4000, status: 'succeeded' }
		]);
		expect(await failure(stripe.refunds.create({ payment_intent: intent.id }))).toMatchObject({
			statusCode: 400,
			code: 'charge_already_refunded'
		});
	});

	it('creates first and confirms later, capturing by itself', async () => {
		const intent = await stripe.paymentIntents.create({ amount: 700, currency: 'usd' });
		expect(intent.status).toBe('requires_payment_method');
		const paid = await stripe.paymentIntents.confirm(intent.id, {
			payment_method: 'pm_card_mastercard'
		});
		expect(paid).toMatchObject({ status: 'succeeded', amount_received: 700 });
	});

	it('voids, and says why nothing more can be done', async () => {
		const { id } = await authorise();
		const canceled = await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
		expect(canceled).toMatchObject({
			status: 'canceled',
			amount_capturable: 0,
			cancellation_reason: 'abandoned'
		});
		for (const call of [
			() => stripe.paymentIntents.capture(id),
			() => stripe.paymentIntents.cancel(id),
			() => stripe.paymentIntents.confirm(id),
			() => stripe.refunds.create({ payment_intent: id })
		]) {
			expect(await failure(call())).toMatchObject({
				type: 'StripeInvalidRequestError',
				statusCode: 400,
				code: 'payment_intent_unexpected_state',
				payment_intent: { id, status: 'canceled' }
			});
		}
	});

	it.each([
		['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
		['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
		['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
		['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card']
	])('declines %s and keeps the intent', async (paymentMethod, code, declineCode) => {
		const error = await failure(authorise({ payment_method: paymentMethod }));
		expect(error).toMatchObject({
			type: 'StripeCardError',
			statusCode: 402,
			code,
			decline_code: declineCode,
			payment_intent: { status: 'requires_payment_method', amount_capturable: 0 }
		});
		const kept = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '');
		expect(kept.last_payment_error).toMatchObject({ code, decline_code: declineCode });
	});

	it.each<[string, () => Promise<unknown>, object]>([
		[
			'no intent',
			() => stripe.paymentIntents.retrieve('pi_x'),
			{ statusCode: 404, code: 'resource_missing' }
		],
		['no intent to capture', () => stripe.paymentIntents.capture('pi_x'), { statusCode: 404 }],
		['no refund', () => stripe.refunds.retrieve('re_x'), { statusCode: 404 }],
		[
			'no intent to refund',
			() => stripe.refunds.create({ payment_intent: 'pi_x' }),
			{ statusCode: 400, param: 'payment_intent' }
		],
		[
			'no payment method',
			() => authorise({ payment_method: 'pm_x' }),
			{ statusCode: 400, code: 'resource_missing', param: 'payment_method' }
		],
		['no amount', () => authorise({ amount: 0 }), { statusCode: 400, param: 'amount' }],
		[
			'no such cursor',
			() => stripe.paymentIntents.list({ starting_after: 'pi_x' }),
			{ statusCode: 400, param: 'starting_after' }
		],
		['no such route', () => stripe.customers.create({}), { statusCode: 404 }]
	])('refuses: %s', async (_, call, expected) => {
		const error = await failure(call());
		expect(error).toMatchObject({ type: 'StripeInvalidRequestError', ...expected });
		expect((await ledger()).intents).toEqual([]);
	});

	it('wants an API key', async () => {
		const response = await fetch(`${url}/v1/payment_intents`);
		expect(response.status).toBe(401);
		expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
	});

	it('searches by metadata and status, and pages', async () => {
		const one = await authorise();
		const two = await authorise();
		await authorise({ metadata: { order_id: 'ord_2' } });
		await stripe.paymentIntents.cancel(one.id);
		const search = async (query: string) =>
			(await stripe.paymentIntents.search({ query })).data.map(({ id }) => id);
		expect(await search("metadata['order_id']:'ord_1'")).toEqual([two.id, one.id]);
		expect(await search("metadata['order_id']:'ord_1' AND status:'canceled'")).toEqual([one.id]);
		expect(await search("metadata['order_id']:'ord_3'")).toEqual([]);
		expect(await failure(stripe.paymentIntents.search({ query: 'ord_1' }))).toMatchObject({
			statusCode: 400,
			param: 'query'
		});
		const walked: string[] = [];
		for await (const { id } of stripe.paymentIntents.list({ limit: 1 })) walked.push(id);
		expect(walked).toHaveLength(3);
		expect(walked.slice(1)).toEqual([two.id, one.id]);
		const found: string[] = [];
		const byOrder = { query: "metadata['order_id']:'ord_1'", limit: 1 };
		for await (const { id } of stripe.paymentIntents.search(byOrder)) found.push(id);
		expect(found).toEqual([two.id, one.id]);
	});
});
