import { expect, it } from 'vitest';
import { call, freshSeat, getHistory, getSeat } from '../support/nexus.ts';
import { readD1 } from '../support/d1.ts';

interface Row {
	kind: string;
	level: string;
	service: string;
	handler: string;
	message: string;
}

const rowsOf = (invocationId: string): Row[] =>
	readD1<Row>(
		'SELECT kind, level, service, handler, message FROM logs WHERE invocation_id = ? ORDER BY id',
		invocationId
	);

it('keeps a handler’s lines and its outcome under its invocation ID', async () => {
	const seat = await freshSeat();
	await call(`Ticket/${seat}/reserve`, 'alice');
	const id = (await getHistory(seat))[0]?.invocationId ?? '';
	await expect
		.poll(() => rowsOf(id))
		.toEqual([
			expect.objectContaining({ kind: 'line', message: 'Seat AVAILABLE -> RESERVED' }),
			expect.objectContaining({ kind: 'outcome', service: 'Ticket', handler: 'reserve' })
		]);
});

it('prints a line once, however often its handler is replayed', async () => {
	const seat = await freshSeat();
	const order = { ticketId: seat, userId: 'alice', paymentMethod: 'pm_card_visa' };
	await call('Checkout/checkout', order);
	const { checkoutId } = await getSeat(seat);
	const lines = () => rowsOf(checkoutId ?? '').filter(({ kind }) => kind === 'line');
	await expect.poll(lines).toMatchObject([{ message: 'Order confirmed', level: 'info' }]);
	const attempts = rowsOf(checkoutId ?? '').filter(({ kind }) => kind === 'outcome');
	expect(attempts.length).toBeGreaterThan(1);
});

it('says why a handler refused', async () => {
	const seat = await freshSeat();
	await call(`Ticket/${seat}/reserve`, 'alice');
	await call(`Ticket/${seat}/reserve`, 'bob');
	await expect
		.poll(() => readD1("SELECT message FROM logs WHERE key = ? AND level = 'warn'", seat))
		.toEqual([{ message: 'Ticket is currently reserved' }]);
});
