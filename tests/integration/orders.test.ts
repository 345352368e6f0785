import { describe, expect, inject, it } from 'vitest';
import type { MoneyReport } from '../../shared/money-report.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Role } from '../../shared/operator-token.ts';
import type { CheckoutResult } from '../../worker/checkout.ts';
import { readD1 } from '../support/d1.ts';
import {
	call,
	freshSeat,
	getHistory,
	getSeat,
	ledger,
	operate,
	withFaults
} from '../support/nexus.ts';

const reason = 'customer asked for it';

interface Row {
	status: string;
	payment_status: string | null;
	payment_intent: string | null;
	mail_id: string | null;
	reason: string | null;
	seats: string;
}

const rowOf = (orderId: string): Row | undefined =>
	readD1<Row>('SELECT * FROM orders WHERE id = ?', orderId)[0];

async function buy(email: string): Promise<{ seat: string; orderId: string }> {
	const seat = await freshSeat();
	const { status, body } = await call<CheckoutResult>('Checkout/checkout', {
		ticketId: seat,
		userId: email,
		paymentMethod: 'pm_card_visa',
		email
	});
	expect(status).toBe(200);
	await expect.poll(() => rowOf(body.orderId)?.mail_id).toBeTruthy();
	return { seat, orderId: body.orderId };
}

const mailsTo = async (email: string) =>
	(await ledger()).emails.filter(({ to }) => to.includes(email)).map(({ subject }) => subject);

describe('the order’s row', () => {
	it('tells a confirmed order with its seats, money and mail', async () => {
		const { seat, orderId } = await buy('row@example.com');
		expect(rowOf(orderId)).toMatchObject({
			status: 'CONFIRMED',
			payment_status: 'succeeded',
			payment_intent: expect.stringMatching(/^pi_/) as string,
			seats: JSON.stringify([seat])
		});
		expect(readD1('SELECT order_id FROM order_seats WHERE seat = ?', seat)).toEqual([
			{ order_id: orderId }
		]);
	});

	it('tells a failed order with its reason, and mails it once', async () => {
		const seat = await freshSeat();
		const email = 'declined@example.com';
		const paymentMethod = 'pm_card_chargeDeclined';
		await call('Checkout/checkout', { ticketId: seat, userId: email, paymentMethod, email });
		const rows = () =>
			readD1<Row>('SELECT * FROM orders WHERE email = ? AND mail_id IS NOT NULL', email);
		await expect.poll(rows).toMatchObject([
			{
				status: 'FAILED',
				payment_status: 'canceled',
				reason: expect.stringMatching(/^Payment Failed/) as unknown
			}
		]);
		expect(await mailsTo(email)).toEqual([expect.stringMatching(/^Booking not completed/)]);
	});
});

describe('refundOrder', () => {
	it('returns the money, frees the sold seat for its order alone, and mails', async () => {
		const email = 'refund@example.com';
		const { seat, orderId } = await buy(email);
		const input = { orderId, reason, expect: { status: 'CONFIRMED' } };
		expect(await operate('refundOrder', input)).toMatchObject({ status: 200 });
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		expect((await getHistory(seat))[0]).toMatchObject({ event: 'release', orderId });
		const { refunds, intents } = await ledger();
		const intent = intents.find(({ metadata }) => metadata['order_id'] === orderId);
		expect(refunds.filter((refund) => refund.payment_intent === intent?.id)).toMatchObject([
			{ amount: intent?.amount }
		]);
		await expect
			.poll(() => rowOf(orderId))
			.toMatchObject({
				status: 'REFUNDED',
				payment_status: 'refunded'
			});
		await expect
			.poll(() => mailsTo(email))
			.toEqual([
				expect.stringMatching(/^Booking confirmed/),
				expect.stringMatching(/^Booking refunded/)
			]);
		expect(await operate('refundOrder', input)).toMatchObject({
			status: 409,
			body: { message: expect.stringMatching(/it is REFUNDED now/) as unknown }
		});
		expect(await call(`Ticket/${seat}/reserve`, 'next-buyer')).toMatchObject({ status: 200 });
	});
});

describe('Payment.money', () => {
	const money = async (orderId: string, role: Role = 'viewer') => {
		const token = await signOperatorToken(inject('operatorSigningKey'), { name: 'tester', role });
		return call<MoneyReport>(`Payment/${orderId}/money`, undefined, { [OPERATOR_HEADER]: token });
	};

	it('tells operators what was captured and refunded', async () => {
		const { orderId } = await buy('money@example.com');
		const { status, body } = await money(orderId);
		expect(status).toBe(200);
		const [intent] = body.intents;
		expect(body.intents).toMatchObject([{ status: 'succeeded', refunds: [] }]);
		expect(intent?.captured).toBe(intent?.amount);
		const input = { orderId, reason, expect: { status: 'CONFIRMED' } };
		expect(await operate('refundOrder', input)).toMatchObject({ status: 200 });
		expect((await money(orderId)).body.intents).toMatchObject([
			{ refunds: [{ status: 'succeeded', amount: intent?.amount }] }
		]);
	});

	it('says that the gateway does not answer, instead of trying for ever', async () => {
		const { orderId } = await buy('money-down@example.com');
		await withFaults({ payments: { status: 503 } }, async () => {
			expect(await money(orderId)).toMatchObject({
				status: 503,
				body: { message: expect.stringMatching(/Payment gateway answered 503/) as unknown }
			});
		});
	});

	it('is for operators, and for orders', async () => {
		expect((await call('Payment/ord_1abcdefgh/money')).status).toBe(401);
		expect((await money("ord_1' OR 1")).status).toBe(400);
		expect((await money('ord_1abcdefgh')).body).toMatchObject({ intents: [] });
	});
});

describe('resendEmail', () => {
	it('sends the mail again, under a new key', async () => {
		const email = 'resend@example.com';
		const { orderId } = await buy(email);
		const input = { orderId, reason, expect: { status: 'CONFIRMED' } };
		expect(await operate('resendEmail', input)).toMatchObject({ status: 200, body: { to: email } });
		await expect.poll(async () => (await mailsTo(email)).length).toBe(2);
	});
});
