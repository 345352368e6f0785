import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { describe, expect, inject, it } from 'vitest';
import { loadKeys } from '../../scripts/stack/keys.ts';
import {
	ask,
	auditOf,
	changeNow,
	dearOrder,
	decide,
	orderRow,
	paidOrder
} from '../support/changes.ts';
import { paymentOf, refundAtGateway, refundsOf } from '../support/gateway.ts';
import { call, freshSeat, getSeat, withFaults } from '../support/nexus.ts';
import { readD1 } from '../support/d1.ts';

/** Money that went back without Nexus: the gateway's word counts, and the order catches up. */

const { dataDir } = inject('settings');
const says = (pattern: RegExp) => expect.stringMatching(pattern) as unknown;
const seen = (refunded: number) => ({ status: 'CONFIRMED', refunded });

const order = async () => {
	const seat = await freshSeat();
	const orderId = await paidOrder([seat], `${randomUUID()}@example.com`);
	return { orderId, seat, ...orderRow(orderId) };
};

describe('a refund made at the gateway itself', () => {
	it('of a part is counted off: the rest goes back, and the record tells all of it', async () => {
		const { orderId, seat, amount } = await order();
		await refundAtGateway(orderId, 1_000);
		expect(orderRow(orderId).refunded).toBe(0);
		// Who saw only what is on record saw something else.
		expect(await ask('refundOrder', { orderId, expect: seen(0) })).toMatchObject({
			status: 409,
			body: { message: says(/you saw 0 refunded, it is 1000 now/) }
		});
		const part = await ask('refundOrder', { orderId, amount: 500, expect: seen(1_000) });
		expect(part).toMatchObject({ status: 200, body: { outcome: 'done', refunded: 1_500 } });
		expect(orderRow(orderId)).toMatchObject({ status: 'CONFIRMED', refunded: 1_500 });
		expect(
			await ask('refundOrder', { orderId, amount: amount - 1_000, expect: seen(1_500) })
		).toMatchObject({ status: 409, body: { message: says(/is left to return/) } });
		const rest = await ask('refundOrder', { orderId, expect: seen(1_500) });
		expect(rest).toMatchObject({ status: 200, body: { outcome: 'done', refunded: amount } });
		expect(await refundsOf(orderId)).toEqual(
			[500, 1_000, amount - 1_500].sort((one, other) => one - other)
		);
		await expect
			.poll(() => orderRow(orderId))
			.toMatchObject({ status: 'REFUNDED', refunded: amount });
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
	});

	it('of all leaves nothing to return, and the order is closed', async () => {
		const { orderId, seat, amount } = await order();
		await refundAtGateway(orderId);
		expect(await ask('refundOrder', { orderId, amount: 100, expect: seen(amount) })).toMatchObject({
			status: 409,
			body: { message: says(/nothing is left to return/) }
		});
		const closed = await ask('refundOrder', { orderId, expect: seen(amount) });
		expect(closed).toMatchObject({
			status: 200,
			body: { message: says(/^Nothing was left to return, and the order was closed: 1 seat/) }
		});
		expect(await refundsOf(orderId)).toEqual([amount]);
		await expect
			.poll(() => orderRow(orderId))
			.toMatchObject({ status: 'REFUNDED', refunded: amount });
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		expect(auditOf(orderId).map(({ outcome }) => outcome)).toEqual(['refused', 'done']);
	});

	it('of all needs no second person, since no money moves', async () => {
		const orderId = await dearOrder();
		const { amount } = orderRow(orderId);
		await refundAtGateway(orderId);
		const closed = await ask('refundOrder', { orderId, expect: seen(amount) });
		expect(closed.body.outcome).toBe('done');
		expect(await refundsOf(orderId)).toEqual([amount]);
	});

	it('while a refund awaits its second person voids it', async () => {
		const orderId = await dearOrder();
		const { changeId, outcome } = (await ask('refundOrder', { orderId, expect: seen(0) })).body;
		expect(outcome).toBe('awaiting-approval');
		await refundAtGateway(orderId, 1_000);
		expect(await decide(changeId, true)).toMatchObject({
			status: 409,
			body: { message: says(/^Void: .*refunded was 0, is 1000/) }
		});
		expect((await changeNow(changeId)).status).toBe('void');
		expect(await refundsOf(orderId)).toEqual([1_000]);
	});

	it('is on record once the gateway has told of it', async () => {
		const { orderId } = await order();
		await refundAtGateway(orderId, 1_000);
		const { id } = await paymentOf(orderId);
		const charge = (refunded: number) => ({
			...{ payment_intent: id, refunded: false, amount_refunded: refunded },
			metadata: { order_id: orderId }
		});
		await webhook('charge.refunded', charge(1_000));
		await expect.poll(() => orderRow(orderId).refunded).toBe(1_000);
		// An older one that comes late takes nothing back.
		await webhook('charge.refunded', charge(400));
		await webhook('charge.refunded', charge(1_200));
		await expect.poll(() => orderRow(orderId).refunded).toBe(1_200);
		expect(
			readD1<{ payment_status: string }>('SELECT payment_status FROM orders WHERE id = ?', orderId)
		).toEqual([{ payment_status: 'succeeded' }]);
	});
});

describe('a refund that the bank sent back', () => {
	it('is made again of the closed order, once, and moves no seat', async () => {
		const { orderId, seat, amount } = await order();
		const first = await withFaults({ payments: { refundStatus: 'failed' } }, () =>
			ask('refundOrder', { orderId, expect: seen(0) })
		);
		expect(first).toMatchObject({ status: 200, body: { outcome: 'done' } });
		await expect.poll(() => orderRow(orderId).status).toBe('REFUNDED');
		expect((await call(`Ticket/${seat}/reserve`, 'next')).status).toBe(200);
		const again = { orderId, expect: { status: 'REFUNDED', refunded: 0 } };
		// Only the gateway knows that it has the money: nothing is recorded on a guess.
		expect(
			await withFaults({ payments: { status: 503 } }, () => ask('refundOrder', again))
		).toMatchObject({ status: 503 });
		expect(await ask('refundOrder', { ...again, amount: 100 })).toMatchObject({
			status: 409,
			body: { message: says(/leave the amount out/) }
		});
		expect(await ask('refundOrder', again)).toMatchObject({
			status: 200,
			body: { outcome: 'done', refunded: amount, message: says(/sent back to the card/) }
		});
		expect(orderRow(orderId)).toMatchObject({ status: 'REFUNDED', refunded: amount });
		expect((await getSeat(seat)).reservedBy).toBe('next');
		expect(await ask('refundOrder', { orderId, expect: { status: 'REFUNDED' } })).toMatchObject({
			status: 409,
			body: { message: says(/nothing of its money is kept/) }
		});
	});

	it.each(['FAILED', 'CANCELLED'])('may be asked of an order that is %s', async (status) => {
		const { orderId } = await order();
		expect(await ask('refundOrder', { orderId, expect: { status } })).toMatchObject({
			status: 409,
			body: { message: says(/it is CONFIRMED now/) }
		});
	});
});

it('a refund goes on by what is on record while the gateway does not answer', async () => {
	const { orderId, amount } = await order();
	const asked = await withFaults({ payments: { status: 503, times: 4 } }, () =>
		ask('refundOrder', { orderId, expect: seen(0) })
	);
	expect(asked).toMatchObject({ status: 200, body: { outcome: 'done', refunded: amount } });
	expect(await refundsOf(orderId)).toEqual([amount]);
});

/** What Stripe would report of a payment, signed as it signs. */
async function webhook(type: string, object: object): Promise<void> {
	const payload = JSON.stringify({
		...{ id: `evt_${randomUUID()}`, object: 'event', type },
		data: { object }
	});
	const { webhookSecret: secret } = loadKeys(dataDir);
	const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
	const headers = { 'stripe-signature': signature };
	const answer = await call('StripeWebhook/receive', JSON.parse(payload), headers);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
