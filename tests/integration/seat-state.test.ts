import { expect, inject, it } from 'vitest';
import { call, freshSeat, getSeat } from '../support/nexus.ts';

/** Writes a seat's stored state as an older version of the service would have left it. */
async function writeState(seat: string, state: unknown): Promise<void> {
	const bytes = (value: unknown) => [...new TextEncoder().encode(JSON.stringify(value))];
	const response = await fetch(`${inject('settings').urls.admin}/services/Ticket/state`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ object_key: seat, new_state: { state: bytes(state) } })
	});
	expect(response.status).toBe(202);
	await expect.poll(async () => (await getSeat(seat)).status).not.toBe('AVAILABLE');
}

it('reads a hold of version 0, honours it, and lets it lapse', async () => {
	const seat = await freshSeat();
	const reservedUntil = Date.now() + 1_500;
	await writeState(seat, { status: 'RESERVED', reservedBy: 'old-timer', reservedUntil });
	expect(await getSeat(seat)).toMatchObject({ v: 1, reservedBy: 'old-timer', epoch: 0 });
	expect((await call(`Ticket/${seat}/reserve`, 'alice')).status).toBe(409);
	await expect.poll(async () => (await getSeat(seat)).overdue, { timeout: 10_000 }).toBe(true);
	expect((await call(`Ticket/${seat}/reserve`, 'alice')).status).toBe(200);
	expect(await getSeat(seat)).toMatchObject({ v: 1, reservedBy: 'alice', epoch: 1 });
});

it('keeps a seat sold that version 0 sold', async () => {
	const seat = await freshSeat();
	await writeState(seat, { status: 'SOLD', holder: 'old-timer' });
	expect(await call(`Ticket/${seat}/reserve`, 'alice')).toMatchObject({
		status: 409,
		body: { message: 'Ticket already sold' }
	});
	expect(await getSeat(seat)).toMatchObject({ status: 'SOLD', reservedBy: 'old-timer' });
});
