import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { until } from '../../scripts/until.ts';
import type { Begun } from '../../scripts/drills/site.ts';
import { invocationIdOf } from '../../shared/order.ts';
import { lapsedHold } from '../support/edit-seat.ts';
import { WorklistSite } from '../support/worklist-site.ts';

/**
 * Each kind of work happens for real, is listed with its why, is mended by what the list proposes,
 * and vanishes.
 */

/** A round of attempts to void a payment is two thirds of it: then Payment.settle goes on. */
const HOLD_MS = 24_000;

let site: WorklistSite;

beforeAll(async () => {
	site = await WorklistSite.start({ NEXUS_HOLD_MS: String(HOLD_MS) });
});
afterEach(async () => site.mendGateway());
afterAll(async () => {
	await site.stack.stop();
});

const down = { payments: { status: 503 } };

const refund = (orderId: string) =>
	site.act('refundOrder', { orderId, expect: { status: 'CONFIRMED' } });

const release = async (seat: string) => {
	const { epoch } = await site.records.seat(seat);
	await site.act('forceRelease', { seat, expect: { epoch } });
};

/** The invocation of a handler that works for an order. */
const worksFor = (service: string, handler: string, checkout: string) =>
	until(`${service}.${handler} to be at work`, async () => {
		const rows = await site.records.sql(
			`SELECT id FROM sys_invocation_status WHERE target_service_name = '${service}'
				AND target_handler_name = '${handler}' AND status <> 'completed'
				AND invoked_by_id = '${checkout}'`,
			z.object({ id: z.string() })
		);
		return rows[0]?.id;
	});

/** A checkout that was cancelled with its money authorised, while the gateway does not void it. */
async function cancelledUnvoided(userId: string): Promise<Begun & { settle: string }> {
	await site.breakGateway({ payments: { delayMs: 2000 } });
	const checkout = await site.beginToPay({ ticketIds: [await site.freshSeat()], userId });
	await site.breakGateway(down);
	await site.admin(checkout.invocationId, 'cancel');
	const settle = await worksFor('Payment', 'settle', checkout.invocationId);
	return { ...checkout, settle };
}

/** Newest first. */
async function refundStatuses(orderId: string): Promise<(string | null)[]> {
	const [intent] = await site.records.intentsOf(orderId);
	const { data } = await site.stripe.refunds.list({ payment_intent: intent?.id ?? '' });
	return data.map(({ status }) => status);
}

describe('a hold', () => {
	it('past its time is listed, and force-released', async () => {
		const seat = await site.freshSeat();
		await site.editSeat(seat, lapsedHold('lena', 60_000));
		const item = await site.appears('lapsed', seat);
		expect(item.why).toMatch(/lapsed, and its timer did not free the seat/);
		expect(item.proposals[0]).toMatchObject({ kind: 'forceRelease', target: seat });
		await release(seat);
		await site.vanishes(seat);
	});

	it('of a killed checkout is listed, and force-released', async () => {
		const seat = await site.freshSeat();
		await site.breakGateway(down);
		const { invocationId, orderId } = await site.begin({ ticketIds: [seat], userId: 'omar' });
		await until(
			'the seat to be held',
			async () => (await site.records.statuses([seat]))[0] === 'RESERVED'
		);
		await until('the order to be on record', () =>
			Promise.resolve(site.records.orders().some(({ id }) => id === orderId))
		);
		await site.admin(invocationId, 'kill');
		const item = await site.appears('orphaned', orderId);
		expect(item.why).toMatch(/held for nobody.*killed/);
		expect(item).toMatchObject({ seats: [seat], buyer: ['omar'], events: ['concert-1'] });
		expect(item.proposals[0]).toMatchObject({ kind: 'forceRelease', target: seat });
		await release(seat);
		await site.vanishes(orderId);
	});
});

describe('a checkout', () => {
	it('that is tried again for too long is listed, and cancelled', async () => {
		const seat = await site.freshSeat();
		await site.breakGateway(down);
		const { invocationId, orderId } = await site.begin({ ticketIds: [seat], userId: 'rita' });
		const item = await site.appears('stalled', orderId);
		expect(item.why).toMatch(/has failed .* at “Authorise payment” for .*503.*tried again/);
		expect(item.money?.amount).toBeGreaterThan(0);
		expect(item.proposals.map(({ kind }) => kind)).toContain('cancelCheckout');
		await site.mendGateway();
		await site.act('cancelCheckout', { invocationId, expect: { status: 'backing-off' } });
		await site.vanishes(orderId);
	});

	it('that is paused is listed with its hold, and resumed', async () => {
		const seat = await site.freshSeat();
		await site.breakGateway(down);
		const checkout = await site.begin({ ticketIds: [seat], userId: 'paul' });
		await site.appears('stalled', checkout.orderId);
		await site.admin(checkout.invocationId, 'pause');
		const item = await site.appears('orphaned', checkout.orderId);
		expect(item.why).toMatch(/The checkout is paused at “Authorise payment”/);
		expect(item.proposals[0]).toMatchObject({ kind: 'resume' });
		await site.mendGateway();
		await site.act('invocation', {
			...{ invocationId: checkout.invocationId, act: 'resume', expect: { status: 'paused' } }
		});
		expect(await checkout.answer).toMatchObject({ status: 200 });
		await site.vanishes(checkout.orderId);
	});
});

describe('money', () => {
	it('that was paid for a seat that is not the buyer’s is listed, and refunded', async () => {
		const { seat, orderId } = await site.bought('mia');
		const { epoch } = await site.records.seat(seat);
		await site.editSeat(seat, {
			...{ v: 1, status: 'AVAILABLE', reservedBy: null, reservedUntil: null, heldAt: null },
			...{ holdId: null, checkoutId: null, orderId: null, epoch: epoch + 1, changedAt: 1 }
		});
		const item = await site.appears('seat-missing', orderId);
		expect(item.why).toBe('The buyer has paid, and 1 seat of 1 is not theirs.');
		expect(item.caveat).toBeNull();
		expect(item.evidence.map(({ text }) => text).join()).toMatch(/succeeded, .* taken/);
		expect(item.proposals[0]).toMatchObject({ kind: 'refundOrder', target: orderId });
		await refund(orderId);
		await site.vanishes(orderId);
	});

	it('that was given back while the seat stays sold is listed, and the seat freed', async () => {
		const { orderId } = await site.bought('noel');
		const [intent] = await site.records.intentsOf(orderId);
		await site.stripe.refunds.create({ payment_intent: intent?.id ?? '' });
		const metadata = { order_id: orderId };
		await site.webhook('charge.refunded', {
			...{ payment_intent: intent?.id, refunded: true, metadata }
		});
		const item = await site.appears('unpaid', orderId);
		expect(item.why).toMatch(/A seat is sold, and order .* is not paid/);
		await refund(orderId);
		await site.vanishes(orderId);
	});

	it('in a seat that is sold twice is listed, and the second order refunded', async () => {
		const { seat, orderId } = await site.bought('otto');
		const second = `${orderId.slice(0, -2)}zz`;
		site.sql(
			`INSERT INTO orders (id, invocation_id, event_id, user_id, email, seats, amount, currency,
				status, payment_intent, payment_status, reason, mail_id, created_at, updated_at)
			SELECT ?, ?, event_id, 'petra', NULL, seats, amount, currency, status, NULL, 'succeeded',
				NULL, NULL, 1, 1 FROM orders WHERE id = ?`,
			...[second, invocationIdOf(second), orderId]
		);
		site.sql('INSERT INTO order_seats (seat, order_id) VALUES (?, ?)', seat, second);
		const item = await site.appears('broken', seat);
		expect(item).toMatchObject({ affected: 2 });
		expect(new Set(item.buyer)).toEqual(new Set(['otto', 'petra']));
		expect(item.proposals).toMatchObject([{ kind: 'refundOrder', target: second }]);
		await refund(second);
		await site.vanishes(seat);
		await site.vanishes(second);
	});

	it('and seats that a confirmed order does not have are listed, and the order closed', async () => {
		const { orderId, answer } = await site.begin({
			ticketIds: [await site.freshSeat()],
			userId: 'sven',
			paymentMethod: 'pm_card_chargeDeclined'
		});
		expect(await answer).toMatchObject({ status: 402 });
		await site.records.order(orderId);
		site.sql("UPDATE orders SET status = 'CONFIRMED' WHERE id = ?", orderId);
		const item = await site.appears('broken', orderId);
		expect(item.why).toMatch(/confirmed, and neither its money nor its seats are there/);
		expect(item.proposals).toMatchObject([{ kind: 'refundOrder', target: orderId }]);
		await refund(orderId);
		await site.vanishes(orderId);
	});

	it('that does not go back is listed with whoever waits for its lock, and tried again', async () => {
		const { orderId, settle } = await cancelledUnvoided('quin');
		const item = await site.appears('refund', orderId);
		expect(item.why).toMatch(/The return of the money has failed/);
		await site.webhook('payment_intent.amount_capturable_updated', {
			...{ id: (await site.records.intentsOf(orderId))[0]?.id, metadata: { order_id: orderId } }
		});
		const locked = await site.appears('locked', orderId);
		expect(locked.also.map(({ why }) => why).join()).toMatch(/kept Payment .* 1 call waits/);
		expect(locked.proposals[0]).toMatchObject({ kind: 'retry', target: settle });
		await site.mendGateway();
		await site.act('invocation', {
			...{ invocationId: settle, act: 'retry', expect: { status: 'backing-off' } }
		});
		await site.vanishes(orderId);
		expect(await site.records.intentsOf(orderId)).toMatchObject([{ status: 'canceled' }]);
	}, 120_000);

	it('that is authorised for an order that is no more is listed, and settled again', async () => {
		const { orderId, settle } = await cancelledUnvoided('rosa');
		// A kill does not stop an attempt that the Worker is at: it is killed between two.
		await until('the next attempt to be a while off', async () => {
			const { status, next_retry_at } = await site.records.invocation(settle);
			return status === 'backing-off' && (next_retry_at?.getTime() ?? 0) - Date.now() > 500;
		});
		await site.admin(settle, 'kill');
		await site.mendGateway();
		const item = await site.appears('uncaptured', orderId);
		expect(item.why).toMatch(/blocked on the buyer’s card/);
		expect(item.proposals).toMatchObject([{ kind: 'restart', target: settle }]);
		await site.act('invocation', {
			...{ invocationId: settle, act: 'restart', expect: { status: 'completed' } }
		});
		await site.vanishes(orderId);
		expect(await site.records.intentsOf(orderId)).toMatchObject([{ status: 'canceled' }]);
	}, 120_000);

	it('that the bank sent back is listed, and given back again', async () => {
		const { orderId } = await site.bought('tom');
		await site.breakGateway({ payments: { refundStatus: 'failed' } });
		await refund(orderId);
		await site.mendGateway();
		const item = await site.appears('refund', orderId);
		expect(item.why).toMatch(/The refund has failed/);
		expect(item.proposals).toMatchObject([{ kind: 'refundOrder', target: orderId }]);
		await site.act('refundOrder', { orderId, expect: { status: 'REFUNDED', refunded: 0 } });
		await site.vanishes(orderId);
		expect(await refundStatuses(orderId)).toEqual(['succeeded', 'failed']);
	});

	it('that is on its way for too long is listed until it has arrived', async () => {
		const { orderId } = await site.bought('vera');
		await site.breakGateway({ payments: { refundStatus: 'pending' } });
		await refund(orderId);
		const item = await site.appears('refund', orderId);
		expect(item.why).toMatch(/pending|on its way/i);
		expect(item.proposals).toEqual([]);
		await site.mendGateway();
		await site.vanishes(orderId);
		expect(await refundStatuses(orderId)).toEqual(['succeeded']);
	});

	it('is told from the record while the gateway cannot be asked', async () => {
		const { seat, orderId } = await site.bought('sven');
		const before = await site.records.seat(seat);
		await site.breakGateway(down);
		await site.editSeat(seat, {
			...before,
			...{ status: 'AVAILABLE', orderId: null, epoch: before.epoch + 1, changedAt: 1 }
		});
		const item = await site.appears('seat-missing', orderId);
		expect(item.caveat).toMatch(/could not be asked again/);
		const { gaps } = await site.worklist();
		expect(gaps.map(({ source }) => source)).toContain('Payment gateway');
		await site.mendGateway();
		await until('the gateway to be asked again', async () => {
			const again = await site.appears('seat-missing', orderId);
			return again.caveat === null;
		});
		await refund(orderId);
		await site.vanishes(orderId);
	});
});

describe('a mail', () => {
	it('that does not go out is listed, also when nothing sends it any more, and resent', async () => {
		await site.breakGateway({ emails: { status: 503 } });
		const { orderId, invocationId } = await site.bought('tess');
		const item = await site.appears('mail', orderId);
		expect(item.why).toMatch(/The buyer’s mail has failed/);
		await site.admin(await worksFor('Notification', 'orderConfirmed', invocationId), 'kill');
		const given = await until('it to be told that nothing sends it', async () => {
			const again = await site.appears('mail', orderId);
			return /nothing is sending one/.test(again.why) && again;
		});
		expect(given.proposals[0]).toMatchObject({ kind: 'resendEmail', target: orderId });
		await site.mendGateway();
		await site.act('resendEmail', { orderId, expect: { status: 'CONFIRMED' } });
		await site.vanishes(orderId);
	});
});

it('lists nothing in the end', async () => {
	await until('the list to be empty', async () => (await site.worklist()).items.length === 0);
});
