import { expect, inject, it } from 'vitest';
import { initialSeat } from '../../shared/seat.ts';
import type { SeatTransition } from '../../shared/seat-history.ts';
import { editState } from '../support/edit-seat.ts';
import { call, EVENT, freshSeat, getHistory, getSeat, query } from '../support/nexus.ts';

/** Writes what is stored of a seat as an older version of the service would have left it. */
async function store(seat: string, stored: Record<string, unknown>): Promise<void> {
	await editState(inject('settings').urls.admin, 'Ticket', seat, stored);
	await expect.poll(async () => (await getSeat(seat)).status).not.toBe('AVAILABLE');
}

it('reads a hold of version 0, honours it, and lets it lapse', async () => {
	const seat = await freshSeat();
	const reservedUntil = Date.now() + 1_500;
	await store(seat, { state: { status: 'RESERVED', reservedBy: 'old-timer', reservedUntil } });
	expect(await getSeat(seat)).toMatchObject({ v: 1, reservedBy: 'old-timer', epoch: 0 });
	expect((await call(`Ticket/${seat}/reserve`, 'alice')).status).toBe(409);
	await expect.poll(async () => (await getSeat(seat)).overdue, { timeout: 10_000 }).toBe(true);
	expect((await call(`Ticket/${seat}/reserve`, 'alice')).status).toBe(200);
	expect(await getSeat(seat)).toMatchObject({ v: 1, reservedBy: 'alice', epoch: 1 });
});

it('keeps a seat sold that version 0 sold', async () => {
	const seat = await freshSeat();
	await store(seat, { state: { status: 'SOLD', holder: 'old-timer' } });
	expect(await call(`Ticket/${seat}/reserve`, 'alice')).toMatchObject({
		status: 409,
		body: { message: 'Ticket already sold' }
	});
	expect(await getSeat(seat)).toMatchObject({ status: 'SOLD', reservedBy: 'old-timer' });
});

it('answers for a seat that was touched once and is in no plan any more', async () => {
	const seat = `${EVENT}:dropped-${crypto.randomUUID().slice(0, 8)}`;
	expect((await call(`Ticket/${seat}/get`)).status).toBe(404);
	const state = { ...initialSeat(), epoch: 2, changedAt: 2 };
	await editState(inject('settings').urls.admin, 'Ticket', seat, { state });
	await expect.poll(async () => (await call(`Ticket/${seat}/get`)).status).toBe(200);
	expect(await getSeat(seat)).toMatchObject({ status: 'AVAILABLE', epoch: 2 });
	expect((await call(`Ticket/${seat}/history`)).body).toEqual([]);
	expect((await call(`Ticket/${seat}/reserve`, 'alice')).status).toBe(404);
});

it.each([
	['all of it', [], [3, 2, 1]],
	['what the older version added after a newer one', [2, 1], [3]]
])('takes over a history that an older version kept apart: %s', async (_, own, apart) => {
	const seat = await freshSeat();
	const transition = (epoch: number): SeatTransition => ({
		...{ at: epoch, event: 'reserve', from: 'AVAILABLE', to: 'RESERVED', epoch, reason: null },
		...{ actor: 'old-timer', invocationId: 'inv_old', holdId: 'h', orderId: null }
	});
	const state = {
		...initialSeat(),
		...{ status: 'RESERVED', reservedBy: 'old-timer', reservedUntil: Date.now() - 1 },
		...{ holdId: 'h', heldAt: 1, epoch: 3, changedAt: 3 },
		...(own.length > 0 ? { history: own.map(transition) } : {})
	};
	const history = apart.map(transition);
	await editState(inject('settings').urls.admin, 'Ticket', seat, { state, history });
	const epochs = async () => (await getHistory(seat)).map(({ epoch }) => epoch);
	await expect.poll(epochs).toEqual([3, 2, 1]);
	expect(await getSeat(seat)).not.toHaveProperty('history');

	expect((await call(`Ticket/${seat}/reserve`, 'alice')).status).toBe(200);
	expect(await epochs()).toEqual([4, 3, 2, 1]);
	const kept = await query<{ key: string }>(
		`SELECT key FROM state WHERE scope IS NULL AND service_name = 'Ticket'
			AND service_key = '${seat}'`
	);
	expect(kept).toEqual([{ key: 'state' }]);
});
