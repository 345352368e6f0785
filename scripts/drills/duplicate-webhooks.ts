import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import type { PaymentState } from '../../shared/payment.ts';
import { until } from '../until.ts';
import type { Drill } from './drill.ts';
import { same, tally } from './evidence.ts';
import type { Site } from './site.ts';

const COPIES = 5;

export const duplicateWebhooks: Drill = {
	name: 'duplicate-webhooks',
	title: `Stripe sends each event ${COPIES} times, the oldest last, and somebody forges one`,
	expected:
		'each is taken in once and nothing moves back; the forged one is refused; no effect on seat or money',
	run: async (site) => {
		const { records } = site;
		const seat = await site.freshSeat();
		const { orderId, answer } = await site.begin({ ticketIds: [seat], userId: 'judy' });
		const { status } = await answer;
		await records.order(orderId);
		const [intent] = await records.intentsOf(orderId);
		const event = (type: string) =>
			JSON.stringify({
				id: `evt_${randomUUID()}`,
				object: 'event',
				type,
				data: { object: { id: intent?.id, object: 'payment_intent', metadata: intent?.metadata } }
			});
		const captured = event('payment_intent.succeeded');
		const authorised = event('payment_intent.amount_capturable_updated');
		const copies = Array.from({ length: COPIES }, () => captured);
		const answers = await Promise.all(copies.map((payload) => deliver(site, payload)));
		for (const payload of copies.map(() => authorised)) answers.push(await deliver(site, payload));
		const forged = await deliver(site, event('charge.refunded'), 'whsec_forged');
		const payment = await until('both events to be taken in', async () => {
			const state = await records.state<PaymentState>('Payment', orderId, 'payment');
			return state?.seen.length === 2 && state;
		});
		const order = await records.order(orderId);
		const charges = await records.intentsOf(orderId);
		return [
			same('answer', 'to the checkout', status, 200),
			same('answer', 'to Stripe', tally(answers), { 200: 2 * COPIES }),
			same('answer', 'to the forger', forged, 400),
			same('state', 'events taken in', [payment.seen.length, payment.status], [2, 'succeeded']),
			same('order', 'is', [order.status, order.payment_status], ['CONFIRMED', 'succeeded']),
			same('seat', 'is', (await records.seat(seat)).status, 'SOLD'),
			same(
				'ledger',
				'charges',
				charges.map((charge) => charge.status),
				['succeeded']
			)
		];
	}
};

async function deliver(site: Site, payload: string, secret?: string): Promise<number> {
	const { settings, keys } = site.stack;
	const signature = Stripe.webhooks.generateTestHeaderString({
		payload,
		secret: secret ?? keys.webhookSecret
	});
	const response = await fetch(`${settings.urls.ingress}/StripeWebhook/receive`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'stripe-signature': signature },
		body: payload
	});
	return response.status;
}
