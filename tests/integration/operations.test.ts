import { describe, expect, inject, it } from 'vitest';
import type { ChangeAnswer } from '../../shared/change.ts';
import { OPERATOR_HEADER } from '../../shared/operator-token.ts';
import { readD1 } from '../support/d1.ts';
import {
	call,
	freshSeat,
	getHistory,
	getSeat,
	ledger,
	operate,
	query,
	withFaults
} from '../support/nexus.ts';

const reason = 'customer called the box office';

describe('forceRelease', () => {
	it('frees a held seat and records who, why, before and after', async () => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'alice');
		const { epoch } = await getSeat(seat);
		const answer = await operate('forceRelease', { seat, reason, expect: { epoch } });
		expect(answer).toMatchObject({
			status: 200,
			body: {
				outcome: 'done',
				before: { status: 'RESERVED', reservedBy: 'alice' },
				after: { status: 'AVAILABLE', reservedBy: null }
			}
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		const [last] = await getHistory(seat);
		expect(last).toMatchObject({ event: 'force-release', actor: 'tester', reason });
		expect(auditOf(seat)).toMatchObject([
			{ action: 'forceRelease', actor: 'tester', role: 'operator', reason, outcome: 'done' }
		]);
	});

	it('does nothing when the seat has moved on, and says how', async () => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'alice');
		const answer = await operate('forceRelease', { seat, reason, expect: { epoch: 0 } });
		expect(answer).toMatchObject({
			status: 409,
			body: { message: expect.stringMatching(/it is now RESERVED at epoch 1/) as unknown }
		});
		expect((await getSeat(seat)).reservedBy).toBe('alice');
		expect(auditOf(seat)).toMatchObject([{ outcome: 'refused' }]);
	});

	it('never frees a sold seat', async () => {
		const seat = await freshSeat();
		const paymentMethod = 'pm_card_visa';
		await call('Checkout/checkout', { ticketId: seat, userId: 'alice', paymentMethod });
		const { epoch } = await getSeat(seat);
		const answer = await operate('forceRelease', { seat, reason, expect: { epoch } });
		expect(answer).toMatchObject({
			status: 409,
			body: { message: expect.stringMatching(/Seat is sold/) as unknown }
		});
		expect((await getSeat(seat)).status).toBe('SOLD');
	});

	it('takes a seat from a checkout under way only when forced, and cancels that first', async () => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const order = { ticketId: seat, userId: 'alice', paymentMethod: 'pm_card_visa' };
			const checkout = call('Checkout/checkout', order);
			await paying(seat);
			const { epoch } = await getSeat(seat);
			const input = { seat, reason, expect: { epoch } };
			expect(await operate('forceRelease', input)).toMatchObject({
				status: 409,
				body: { message: expect.stringMatching(/its buyer may be paying/) as unknown }
			});
			expect((await getSeat(seat)).epoch).toBe(epoch);
			const forced = await operate<ChangeAnswer>('forceRelease', { ...input, force: true });
			expect(forced).toMatchObject({
				status: 200,
				body: {
					outcome: 'awaiting-approval',
					approvalFor: expect.stringMatching(/buyer who is paying/) as unknown
				}
			});
			expect((await getSeat(seat)).epoch).toBe(epoch);
			const { changeId } = forced.body;
			const expected = { status: 'awaiting-approval' };
			const word = { changeId, approve: true, reason, expect: expected };
			expect(await operate('approve', word, 'approver', 'second')).toMatchObject({
				status: 200,
				body: { outcome: 'done', after: { status: 'AVAILABLE' } }
			});
			await fetch(`${inject('settings').urls.sandbox}/__faults`, { method: 'DELETE' });
			expect((await checkout).status).toBe(409);
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
	});

	it.each([
		['no token', {}, 401],
		['a forged token', { [OPERATOR_HEADER]: 'eyJhbGciOiJub25lIn0.eyJyb2xlIjoiYWRtaW4ifQ.' }, 401]
	])('refuses %s', async (_, headers, status) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'alice');
		const input = { seat, reason, expect: { epoch: 1 } };
		expect((await call('Operations/forceRelease', input, headers)).status).toBe(status);
		expect((await getSeat(seat)).reservedBy).toBe('alice');
	});

	it('refuses a viewer, and an action without a reason', async () => {
		const seat = await freshSeat();
		const input = { seat, reason, expect: { epoch: 0 } };
		expect((await operate('forceRelease', input, 'viewer')).status).toBe(403);
		expect(await operate('forceRelease', { ...input, reason: ' ' })).toMatchObject({
			status: 400,
			body: { message: expect.stringMatching(/reason: say why/) as unknown }
		});
	});
});

describe('cancelCheckout', () => {
	it.each([
		['hangs at the gateway', { payments: { delayMs: 3_000 } }],
		['backs off from a failing gateway', { payments: { status: 503 } }]
	])('undoes a checkout that %s: seat free, no money kept', async (_, faults) => {
		const seat = await freshSeat();
		const email = `${seat.split(':')[1] ?? ''}@example.com`;
		await withFaults(faults, async () => {
			const order = { ticketId: seat, userId: 'alice', paymentMethod: 'pm_card_visa', email };
			const checkout = call('Checkout/checkout', order);
			const invocationId = await paying(seat);
			const input = { invocationId, reason, expect: { status: 'running' } };
			expect(await operate('cancelCheckout', input)).toMatchObject({ status: 200 });
			expect(await operate('cancelCheckout', input)).toMatchObject({
				status: 409,
				body: { message: expect.stringMatching(/being cancelled already/) as unknown }
			});
			await fetch(`${inject('settings').urls.sandbox}/__faults`, { method: 'DELETE' });
			expect(await checkout).toMatchObject({
				status: 409,
				body: { message: expect.stringMatching(/cancelled/i) as unknown }
			});
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		const intents = (await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);
		expect(
			intents.every(({ status, amount_received }) => status === 'canceled' && !amount_received)
		).toBe(true);
	});

	it('survives a second cancel while it compensates', async () => {
		const seat = await freshSeat();
		await withFaults({ payments: { delayMs: 1_500 } }, async () => {
			const order = { ticketId: seat, userId: 'alice', paymentMethod: 'pm_card_visa' };
			const checkout = call('Checkout/checkout', order);
			const id = await paying(seat);
			await cancelDirectly(id);
			await expect.poll(() => steps(id)).toContain('Void or refund payment');
			await cancelDirectly(id);
			expect(await checkout).toMatchObject({ status: 409 });
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		const intents = (await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);
		expect(intents).toMatchObject([{ status: 'canceled', amount_received: 0 }]);
	});

	it('refuses what has ended, what is no checkout, and what does not exist', async () => {
		const seat = await freshSeat();
		const paymentMethod = 'pm_card_visa';
		await call('Checkout/checkout', { ticketId: seat, userId: 'alice', paymentMethod });
		const { checkoutId } = await getSeat(seat);
		const [history] = await getHistory(seat);
		const cancel = (invocationId: string | null | undefined) =>
			operate('cancelCheckout', { invocationId, reason, expect: { status: 'running' } });
		expect(await cancel(checkoutId)).toMatchObject({
			status: 409,
			body: { message: expect.stringMatching(/you saw it running, it has succeeded/) as unknown }
		});
		expect(await cancel(history?.invocationId)).toMatchObject({ status: 400 });
		expect(await cancel('inv_none')).toMatchObject({ status: 404 });
		expect((await getSeat(seat)).status).toBe('SOLD');
	});
});

const auditOf = (target: string) => readD1('SELECT * FROM audit WHERE target = ?', target);

/** A cancel that goes round Operations, as another tool's would. */
const cancelDirectly = (id: string) =>
	fetch(`${inject('settings').urls.admin}/invocations/${id}/cancel`, { method: 'PATCH' });

const steps = async (id: string): Promise<string[]> =>
	(await query<{ name: string }>(`SELECT name FROM sys_journal WHERE id = '${id}'`)).map(
		({ name }) => name
	);

/** The checkout that holds the seat, once it has begun to pay. */
async function paying(seat: string): Promise<string> {
	await expect
		.poll(async () => {
			const { checkoutId } = await getSeat(seat);
			if (checkoutId === null) return [];
			return query(
				`SELECT name FROM sys_journal WHERE id = '${checkoutId}' AND name = 'Authorise payment'`
			);
		})
		.toHaveLength(1);
	return (await getSeat(seat)).checkoutId ?? '';
}
