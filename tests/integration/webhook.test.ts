import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, inject, it } from 'vitest';
import { loadKeys } from '../../scripts/stack/keys.ts';
import type { CheckoutResult } from '../../worker/checkout.ts';
import { readD1 } from '../support/d1.ts';
import { call, freshSeat, getSeat } from '../support/nexus.ts';

const { urls, dataDir } = inject('settings');
const { webhookSecret } = loadKeys(dataDir);

function eventOf(orderId: string, type: string, id = `evt_${randomUUID()}`): string {
	const intent = { id: 'pi_webhook', object: 'payment_intent', metadata: { order_id: orderId } };
	return JSON.stringify({ id, object: 'event', type, data: { object: intent } });
}

async function post(payload: string, signature?: string): Promise<[number, string]> {
	const headers = { 'content-type': 'application/json' };
	const response = await fetch(`${urls.ingress}/StripeWebhook/receive`, {
		method: 'POST',
		headers: signature === undefined ? headers : { ...headers, 'stripe-signature': signature },
		body: payload
	});
	return [response.status, await response.text()];
}

const NO_INTENT = '{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":null}}';

const RECEIVED = [200, '{"received":true}'];

const sign = (payload: string, secret = webhookSecret, timestamp = Date.now() / 1_000): string =>
	Stripe.webhooks.generateTestHeaderString({
		payload,
		secret,
		timestamp: Math.floor(timestamp)
	});

async function confirmedOrder(): Promise<{ orderId: string; seat: string }> {
	const seat = await freshSeat();
	const { body } = await call<CheckoutResult>('Checkout/checkout', {
		ticketId: seat,
		userId: 'webhooks',
		paymentMethod: 'pm_card_visa'
	});
	await expect.poll(() => paymentStatus(body.orderId)).toBe('succeeded');
	return { orderId: body.orderId, seat };
}

const paymentStatus = (orderId: string): string | undefined =>
	readD1<{ payment_status: string; status: string }>(
		"SELECT payment_status FROM orders WHERE id = ? AND status = 'CONFIRMED'",
		orderId
	)[0]?.payment_status;

const observed = (orderId: string): number =>
	readD1("SELECT id FROM logs WHERE service = 'Payment' AND key = ? AND kind = 'line'", orderId)
		.length;

describe('the Stripe webhook', () => {
	it('takes in repeated and disordered events once, and only forward', async () => {
		const { orderId, seat } = await confirmedOrder();
		const refunded = JSON.stringify({
			id: `evt_${randomUUID()}`,
			object: 'event',
			type: 'charge.refunded',
			data: {
				object: { payment_intent: 'pi_webhook', refunded: true, metadata: { order_id: orderId } }
			}
		});
		const late = eventOf(orderId, 'payment_intent.amount_capturable_updated');
		for (const payload of [refunded, refunded, late, refunded, late])
			expect(await post(payload, sign(payload))).toEqual(RECEIVED);
		await expect.poll(() => paymentStatus(orderId)).toBe('refunded');
		// The late event is behind the others in the order's own queue, so it has been seen by now.
		const last = eventOf(orderId, 'payment_intent.succeeded');
		expect(await post(last, sign(last))).toEqual(RECEIVED);
		await expect.poll(() => observed(orderId)).toBe(1);
		expect(paymentStatus(orderId)).toBe('refunded');
		expect((await getSeat(seat)).status).toBe('SOLD');
	});

	it('refuses what Stripe did not sign', async () => {
		const payload = eventOf('ord_x', 'payment_intent.succeeded');
		const hourAgo = Date.now() / 1_000 - 3_600;
		const refusals: [signature: string | undefined, body: string, why: RegExp][] = [
			[undefined, payload, /header is missing/],
			['nonsense', payload, /does not match/],
			[sign(payload, 'whsec_other'), payload, /does not match/],
			[sign(payload), `${payload} `, /does not match/],
			[sign(payload, webhookSecret, hourAgo), payload, /too old/],
			[sign('not json'), 'not json', /not JSON/],
			[sign('null'), 'null', /not a Stripe event/],
			[sign('{"id":"evt_1"}'), '{"id":"evt_1"}', /not a Stripe event/],
			[sign(NO_INTENT), NO_INTENT, /not as Stripe sends it/]
		];
		for (const [signature, body, why] of refusals) {
			const [status, message] = await post(body, signature);
			expect([status, message]).toEqual([400, expect.stringMatching(why)]);
		}
	});

	it('never fails on what is signed, whatever it is', async () => {
		const types = ['payment_intent.succeeded', 'charge.refunded', 'customer.created'];
		const event = fc.record(
			{
				id: fc.string(),
				type: fc.constantFrom(...types),
				data: fc.oneof(fc.jsonValue(), fc.record({ object: fc.jsonValue() }))
			},
			{ requiredKeys: [] }
		);
		await fc.assert(
			fc.asyncProperty(fc.oneof(event, fc.jsonValue()), async (content) => {
				const payload = JSON.stringify(content);
				const [status] = await post(payload, sign(payload));
				expect([200, 400]).toContain(status);
			}),
			{ numRuns: 60 }
		);
	});

	it('acknowledges events that are about no order of ours', async () => {
		const other = JSON.stringify({
			id: 'evt_1',
			object: 'event',
			type: 'customer.created',
			data: {}
		});
		expect(await post(other, sign(other))).toEqual(RECEIVED);
	});
});
