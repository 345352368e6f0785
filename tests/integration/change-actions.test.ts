import { describe, expect, inject, it } from 'vitest';
import { MAX_HOLD_MS } from '../../shared/seat.ts';
import { publishEvent } from '../support/events.ts';
import {
	ask,
	auditOf,
	changeNow,
	heldSeat,
	orderRow,
	outcomesOf,
	paidOrder,
	undo
} from '../support/changes.ts';
import {
	call,
	freshSeat,
	getHistory,
	getSeat,
	ledger,
	query,
	withFaults
} from '../support/nexus.ts';

/** Each action that operators have: done, refused when the world has moved on, and taken back. */

const says = (pattern: RegExp): unknown => expect.stringMatching(pattern);

describe('extendHold', () => {
	it('gives a buyer more time, tells the new end, and takes it back', async () => {
		const { seat, epoch } = await heldSeat();
		const before = await getSeat(seat);
		const until = (before.reservedUntil ?? 0) + 5 * 60_000;
		const told = await ask('extendHold', { seat, minutes: 5, expect: { epoch } });
		expect(told.body.message).toBe('The hold ends 5 minutes later');
		expect(told).toMatchObject({ status: 200, body: { outcome: 'done', until } });
		expect((await getSeat(seat)).reservedUntil).toBe(until);
		expect((await getHistory(seat))[0]).toMatchObject({ event: 'set-hold-end', actor: 'tester' });
		expect(await undo(told.body.changeId)).toMatchObject({ body: { outcome: 'undone' } });
		expect((await getSeat(seat)).reservedUntil).toBe(before.reservedUntil);
		expect(outcomesOf(seat)).toEqual(['extendHold done', 'undo undone']);
	});

	it('never goes past what a hold may last, and says when there is nothing to give', async () => {
		const { seat } = await heldSeat();
		const { heldAt } = await getSeat(seat);
		for (const minutes of [10, 10]) {
			const { epoch } = await getSeat(seat);
			expect((await ask('extendHold', { seat, minutes, expect: { epoch } })).status).toBe(200);
		}
		expect((await getSeat(seat)).reservedUntil).toBe((heldAt ?? 0) + MAX_HOLD_MS);
		const { epoch } = await getSeat(seat);
		expect(await ask('extendHold', { seat, minutes: 1, expect: { epoch } })).toMatchObject({
			status: 409,
			body: { message: says(/lasts 30 minutes already/) }
		});
	});

	it('does nothing to a seat that has moved on or is free', async () => {
		const { seat } = await heldSeat();
		const before = await getSeat(seat);
		expect(await ask('extendHold', { seat, minutes: 5, expect: { epoch: 7 } })).toMatchObject({
			status: 409,
			body: { message: says(/you saw epoch 7, it is now RESERVED at epoch 1/) }
		});
		expect((await getSeat(seat)).reservedUntil).toBe(before.reservedUntil);
		const free = await freshSeat();
		expect((await ask('extendHold', { seat: free, minutes: 5, expect: { epoch: 0 } })).status).toBe(
			409
		);
		expect((await ask('extendHold', { seat, minutes: 99, expect: { epoch: 1 } })).status).toBe(400);
	});
});

describe('forceRelease', () => {
	it('is taken back for the same buyer and the same end while the seat is free', async () => {
		const { seat, epoch } = await heldSeat('dora');
		const before = await getSeat(seat);
		const told = await ask('forceRelease', { seat, expect: { epoch } });
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		expect(await undo(told.body.changeId, 'approver', 'two')).toMatchObject({
			status: 200,
			body: { message: 'The seat is held again for dora, until its hold would have ended' }
		});
		const { status, reservedBy, holdId, reservedUntil } = await getSeat(seat);
		expect({ status, reservedBy, holdId, reservedUntil }).toEqual({
			...{ status: 'RESERVED', reservedBy: 'dora' },
			...{ holdId: before.holdId, reservedUntil: before.reservedUntil }
		});
		expect((await changeNow(told.body.changeId)).status).toBe('undone');
		expect((await undo(told.body.changeId)).status).toBe(409);
		const records = auditOf(seat).map(({ action, outcome, actor }) => ({ action, outcome, actor }));
		expect(records).toEqual([
			{ action: 'forceRelease', outcome: 'done', actor: 'tester' },
			{ action: 'undo', outcome: 'undone', actor: 'two' },
			{ action: 'undo', outcome: 'refused', actor: 'tester' }
		]);
	});

	it('is not taken back from whoever has the seat by now', async () => {
		const { seat, epoch } = await heldSeat('dora');
		const told = await ask('forceRelease', { seat, expect: { epoch } });
		await call(`Ticket/${seat}/reserve`, 'emil');
		expect(await undo(told.body.changeId)).toMatchObject({
			status: 409,
			body: { message: says(/Seat changed since you looked/) }
		});
		expect((await getSeat(seat)).reservedBy).toBe('emil');
	});
});

describe('pauseSale and resumeSale', () => {
	it('keep buyers from reserving, and let them again', async () => {
		const eventId = await publishEvent('Paused', 50);
		const { body: venue } = await call<{ seats: [string][] }>(`Event/${eventId}/venue`);
		const seat = `${eventId}:${venue.seats[0]?.[0] ?? ''}`;
		const paused = await ask('pauseSale', { eventId, expect: { onSale: true } });
		expect(paused).toMatchObject({ status: 200, body: { event: { onSale: false } } });
		await expect
			.poll(() => call(`Ticket/${seat}/reserve`, 'alice'))
			.toMatchObject({ status: 503, body: { message: says(/is paused: try again later/) } });
		expect(await ask('pauseSale', { eventId, expect: { onSale: true } })).toMatchObject({
			status: 409,
			body: { message: says(/you saw it on, it is paused now/) }
		});
		expect((await ask('pauseSale', { eventId, expect: { onSale: false } })).status).toBe(409);
		expect(await undo(paused.body.changeId)).toMatchObject({ body: { outcome: 'undone' } });
		await expect.poll(async () => (await call(`Ticket/${seat}/reserve`, 'alice')).status).toBe(200);
		expect((await ask('resumeSale', { eventId, expect: { onSale: false } })).status).toBe(409);
		expect((await ask('pauseSale', { eventId: 'none', expect: { onSale: true } })).status).toBe(
			404
		);
	});
});

describe('refundOrder', () => {
	it('gives a part back, keeps the seats sold, tells the buyer, and adds up', async () => {
		const seat = await freshSeat();
		const email = `part-${crypto.randomUUID()}@example.com`;
		const orderId = await paidOrder([seat], email);
		const expected = (refunded: number) => ({ status: 'CONFIRMED', refunded });
		const first = await ask('refundOrder', { orderId, amount: 1_000, expect: expected(0) });
		expect(first).toMatchObject({ status: 200, body: { outcome: 'done', refunded: 1_000 } });
		expect((await getSeat(seat)).status).toBe('SOLD');
		expect(orderRow(orderId)).toMatchObject({ status: 'CONFIRMED', refunded: 1_000 });
		expect(await ask('refundOrder', { orderId, amount: 500, expect: expected(0) })).toMatchObject({
			status: 409,
			body: { message: says(/you saw 0 refunded, it is 1000 now/) }
		});
		const second = await ask('refundOrder', { orderId, amount: 500, expect: expected(1_000) });
		expect(second).toMatchObject({ body: { refunded: 1_500 } });
		const { amount } = orderRow(orderId);
		expect(await ask('refundOrder', { orderId, amount, expect: expected(1_500) })).toMatchObject({
			status: 409,
			body: { message: says(/is left to return/) }
		});
		const { intents, refunds } = await ledger();
		const [intent] = intents.filter(({ metadata }) => metadata['order_id'] === orderId);
		const returned = refunds.filter(({ payment_intent }) => payment_intent === intent?.id);
		expect(returned.map((refund) => refund.amount).sort()).toEqual([1_000, 500]);
		await expect
			.poll(async () => (await ledger()).emails.filter(({ to }) => to.includes(email)).length)
			.toBe(3);
		// The rest of it is the whole of it: the seat comes free.
		expect((await ask('refundOrder', { orderId, expect: expected(1_500) })).status).toBe(200);
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		await expect
			.poll(() => orderRow(orderId))
			.toMatchObject({ status: 'REFUNDED', refunded: amount });
		expect((await undo(first.body.changeId)).body.message).toMatch(/There is no way back/);
	});
});

describe('invocation', () => {
	const act = (invocationId: string, name: string, status: string, more = {}) =>
		ask('invocation', { invocationId, act: name, expect: { status }, ...more });

	const statusOf = async (id: string): Promise<string> =>
		(await query<{ status: string }>(`SELECT status FROM sys_invocation WHERE id = '${id}'`))[0]
			?.status ?? 'gone';

	it('tries again, pauses, resumes and cancels one that backs off', async () => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const buyer = { ticketId: seat, userId: 'alice', paymentMethod: 'pm_card_visa' };
			const checkout = call('Checkout/checkout', buyer);
			await expect.poll(async () => (await getSeat(seat)).checkoutId).not.toBeNull();
			const id = (await getSeat(seat)).checkoutId ?? '';
			await expect.poll(() => statusOf(id)).toBe('backing-off');
			expect(await act(id, 'resume', 'backing-off')).toMatchObject({
				status: 409,
				body: { message: says(/only one that is paused can be resumed/) }
			});
			await expect.poll(async () => (await act(id, 'retry', 'backing-off')).status).toBe(200);
			await expect.poll(async () => (await act(id, 'pause', 'running')).status).toBe(200);
			await expect.poll(() => statusOf(id)).toBe('paused');
			expect(await act(id, 'cancel', 'running')).toMatchObject({
				status: 409,
				body: { message: says(/you saw it running, it is paused now/) }
			});
			expect((await act(id, 'resume', 'paused', { deployment: 'keep' })).status).toBe(200);
			await expect.poll(() => statusOf(id)).not.toBe('paused');
			const cancelled = await act(id, 'cancel', 'running');
			expect(cancelled).toMatchObject({ status: 200, body: { invocationIds: [id] } });
			await fetch(`${inject('settings').urls.sandbox}/__faults`, { method: 'DELETE' });
			expect((await checkout).status).toBe(409);
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
	});

	it('restarts one that has ended, once, and purges it', async () => {
		const { seat } = await heldSeat();
		const id = (await getHistory(seat))[0]?.invocationId ?? '';
		expect(await act(id, 'cancel', 'completed')).toMatchObject({ status: 409 });
		const restarted = await act(id, 'restart', 'completed');
		expect(restarted).toMatchObject({ status: 200, body: { outcome: 'done' } });
		const anew = String(restarted.body['restartedAs']);
		expect(restarted.body.invocationIds).toEqual([id, anew]);
		await expect.poll(() => statusOf(anew)).toBe('completed');
		expect((await act(anew, 'purge', 'completed')).status).toBe(200);
		await expect.poll(() => statusOf(anew)).toBe('gone');
		expect((await act(anew, 'purge', 'completed')).status).toBe(404);
		expect((await act(id, 'restart', 'completed', { fromEntry: -1 })).status).toBe(400);
		expect((await act(id, 'dance', 'completed')).status).toBe(400);
	});

	it('leaves alone what keeps the record of operators’ changes', async () => {
		const { seat, epoch } = await heldSeat();
		const { body } = await ask('forceRelease', { seat, expect: { epoch } });
		const [own] = await query<{ id: string }>(
			`SELECT id FROM sys_invocation_status WHERE target_service_name = 'Change'
				AND scope IS NULL AND target_service_key = '${body.changeId}' LIMIT 1`
		);
		expect(await act(own?.id ?? '', 'purge', 'completed')).toMatchObject({
			status: 409,
			body: { message: says(/keeps the record/) }
		});
	});
});
