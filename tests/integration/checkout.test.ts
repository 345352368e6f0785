import { describe, expect, inject, it } from 'vitest';
import { generateVenue } from '../../scripts/venue/generate.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import type { Venue } from '../../shared/venue.ts';
import type { CheckoutResult } from '../../worker/checkout.ts';
import type { Session } from '../../worker/user-session.ts';
import {
	call,
	freshSeat,
	getHistory,
	getSeat,
	ledger,
	query,
	withFaults
} from '../support/nexus.ts';
import type { Answer } from '../support/nexus.ts';

const visa = { paymentMethod: 'pm_card_visa' };
const declined = { paymentMethod: 'pm_card_chargeDeclined' };

const buy = (input: object): Promise<Answer<CheckoutResult>> => call('Checkout/checkout', input);

const intentOf = async (orderId: string) =>
	(await ledger()).intents.filter(({ metadata }) => metadata['order_id'] === orderId);

const mailsTo = async (address: string) =>
	(await ledger()).emails.filter(({ to }) => to.includes(address));

describe('a checkout that succeeds', () => {
	it('sells the seat, captures the money once, and mails exactly once', async () => {
		const seat = await freshSeat();
		const email = 'success@example.com';
		const { status, body } = await buy({ ticketId: seat, userId: 'alice', email, ...visa });
		expect(status).toBe(200);
		expect(body).toMatchObject({ status: 'CONFIRMED', message: 'Booking Confirmed' });
		expect(await getSeat(seat)).toMatchObject({ status: 'SOLD', orderId: body.orderId });
		expect(await intentOf(body.orderId)).toMatchObject([{ status: 'succeeded' }]);
		await expect
			.poll(() => mailsTo(email))
			.toMatchObject([{ subject: expect.stringMatching(/Booking confirmed/) as unknown }]);
	});

	it('mails once even when the provider loses its answers', async () => {
		const seat = await freshSeat();
		const email = 'once@example.com';
		await withFaults({ emails: { dropAfterCommit: true, times: 2 } }, async () => {
			expect((await buy({ ticketId: seat, userId: 'alice', email, ...visa })).status).toBe(200);
			await expect
				.poll(async () => (await mailsTo(email))[0]?.requests, { timeout: 30_000 })
				.toBeGreaterThan(1);
			await expect.poll(() => query(notificationsUnderWay), { timeout: 30_000 }).toEqual([]);
		});
		expect(await mailsTo(email)).toHaveLength(1);
	});

	it('takes the user’s own hold over, and several seats at once', async () => {
		const seats = [await freshSeat(), await freshSeat(), await freshSeat()];
		await call(`Ticket/${seats[0] ?? ''}/reserve`, 'carol');
		const { body } = await buy({ ticketIds: seats, userId: 'carol', ...visa });
		for (const seat of seats)
			expect(await getSeat(seat)).toMatchObject({ status: 'SOLD', orderId: body.orderId });
		const session = await call<Session>('UserSession/carol/get');
		expect(session.body.orders.at(-1)).toMatchObject({ orderId: body.orderId });
	});
});

const notificationsUnderWay = `SELECT id FROM sys_invocation
	WHERE target_service_name = 'Notification' AND status != 'completed'`;

describe('a checkout that fails', () => {
	it('answers 402 on a decline and frees the seat', async () => {
		const seat = await freshSeat();
		const answer = await buy({ ticketId: seat, userId: 'bob', ...declined });
		expect(answer).toMatchObject({
			status: 402,
			body: { message: expect.stringMatching(/^Payment Failed/) as unknown }
		});
		expect(await getSeat(seat)).toMatchObject({ status: 'AVAILABLE', reservedBy: null });
		const events = (await getHistory(seat)).map(({ event }) => event);
		expect(events).toEqual(['release', 'reserve']);
		const captured = (await ledger()).intents.filter(
			({ metadata, amount_received }) => metadata['seats'] === seat && amount_received > 0
		);
		expect(captured).toEqual([]);
	});

	it('fails at once for a card that wants its holder to authenticate', async () => {
		const seat = await freshSeat();
		const paymentMethod = 'pm_card_authenticationRequired';
		const answer = await buy({ ticketId: seat, userId: 'bob', paymentMethod });
		expect(answer).toMatchObject({
			status: 402,
			body: {
				message: expect.stringMatching(
					/^Payment Failed: the card asks its holder to authenticate/
				) as unknown
			}
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		const intents = (await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);
		expect(intents).toMatchObject([{ status: 'canceled' }]);
	});

	it('takes all seats or none', async () => {
		const [free, other] = [await freshSeat(), await freshSeat()];
		await call(`Ticket/${other}/reserve`, 'somebody-else');
		const answer = await buy({ ticketIds: [free, other], userId: 'bob', ...visa });
		expect(answer).toMatchObject({
			status: 409,
			body: { message: 'Ticket is currently reserved' }
		});
		expect((await getSeat(free)).status).toBe('AVAILABLE');
		expect((await getSeat(other)).reservedBy).toBe('somebody-else');
	});

	it('refuses a second checkout of the same user on the same seat', async () => {
		const seat = await freshSeat();
		await withFaults({ payments: { delayMs: 500 } }, async () => {
			const request = { ticketId: seat, userId: 'dora', ...visa };
			const answers = await Promise.all([buy(request), buy(request)]);
			expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		});
		const { orderId } = await getSeat(seat);
		const charged = (await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);
		expect(charged).toMatchObject([{ metadata: { order_id: orderId }, status: 'succeeded' }]);
	});

	it('keeps trying while the gateway is down, and charges once', async () => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503, times: 2 } }, async () => {
			const { status, body } = await buy({ ticketId: seat, userId: 'erin', ...visa });
			expect(status).toBe(200);
			expect(await intentOf(body.orderId)).toMatchObject([{ status: 'succeeded' }]);
		});
	});

	it('keeps the seat sold while the capture does not get through, in sight, and ends well', async () => {
		const seat = await freshSeat();
		const held = async () =>
			(await ledger()).intents.filter(
				({ metadata, status }) => metadata['seats'] === seat && status === 'requires_capture'
			);
		await withFaults({ payments: { delayMs: 1_500, times: 1 } }, async () => {
			const bought = buy({ ticketId: seat, userId: 'fay', ...visa });
			await expect.poll(held).toHaveLength(1);
			await withFaults({ payments: { status: 503 } }, async () => {
				await expect.poll(async () => (await getSeat(seat)).status).toBe('SOLD');
				const { checkoutId } = await getSeat(seat);
				const waiting = `SELECT status, last_failure FROM sys_invocation
					WHERE id = '${checkoutId ?? ''}' AND retry_count > 1`;
				await expect
					.poll(() => query(waiting))
					.toMatchObject([{ last_failure: expect.stringContaining('503') as string }]);
				expect((await getSeat(seat)).status).toBe('SOLD');
			});
			expect(await bought).toMatchObject({ status: 200 });
		});
		const captured = (await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);
		expect(captured).toMatchObject([{ status: 'succeeded' }]);
	});

	it('keeps a user within the event’s ticket limit', async () => {
		const { plan, prices, currency } = generateVenue({ seats: 50, seed: 3 });
		const event = { name: 'Limited', currency, plan, prices, ticketLimit: 2 };
		const token = await signOperatorToken(inject('operatorSigningKey'), {
			name: 't',
			role: 'admin'
		});
		const headers = { [OPERATOR_HEADER]: token };
		expect((await call('Event/limited/publish', event, headers)).status).toBe(200);
		const seats = (await call<Venue>('Event/limited/venue')).body.seats.map(
			([id]) => `limited:${id}`
		);
		const order = (ticketIds: string[]) => buy({ ticketIds, userId: 'greedy', ...visa });
		expect((await order(seats.slice(0, 3))).status).toBe(409);
		expect((await order(seats.slice(0, 2))).status).toBe(200);
		expect(await order(seats.slice(2, 3))).toMatchObject({
			status: 409,
			body: { message: expect.stringMatching(/allows 2 a person, and you have 2/) as unknown }
		});
		expect((await getSeat(seats[2] ?? '')).status).toBe('AVAILABLE');
	});

	it.each([
		['no seat', { userId: 'a', ...visa }, /ticketIds: give one seat key/],
		['too many seats', { ticketIds: Array(11).fill('e:s'), userId: 'a', ...visa }, /at most 10/],
		['a bad address', { ticketId: 'e:s', userId: 'a', email: 'x', ...visa }, /not an e-mail/],
		['no payment method', { ticketId: 'e:s', userId: 'a' }, /paymentMethod/]
	])('refuses %s', async (_, input, message) => {
		expect(await buy(input)).toMatchObject({ status: 400, body: { message } });
	});
});
