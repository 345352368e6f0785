import { describe, expect, it } from 'vitest';
import { call, EVENT, freshSeat, getHistory, getSeat, query } from '../support/nexus.ts';

describe('reserve', () => {
	it('holds a seat for its user and refuses everybody else', async () => {
		const seat = await freshSeat();
		expect(await call(`Ticket/${seat}/reserve`, 'alice')).toEqual({ status: 200, body: true });
		expect(await call(`Ticket/${seat}/reserve`, 'bob')).toMatchObject({
			status: 409,
			body: { message: 'Ticket is currently reserved' }
		});
		expect(await getSeat(seat)).toMatchObject({
			status: 'RESERVED',
			reservedBy: 'alice',
			epoch: 1,
			overdue: false
		});
	});

	it('answers true again to the user who holds the seat, without prolonging the hold', async () => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'alice');
		const { reservedUntil } = await getSeat(seat);
		expect(await call(`Ticket/${seat}/reserve`, 'alice')).toEqual({ status: 200, body: true });
		expect(await getSeat(seat)).toMatchObject({ reservedUntil, epoch: 1 });
	});

	it('lets exactly one of many concurrent buyers have a seat', async () => {
		const seat = await freshSeat();
		const buyers = Array.from({ length: 50 }, (_, n) => `buyer-${n}`);
		const answers = await Promise.all(buyers.map((buyer) => call(`Ticket/${seat}/reserve`, buyer)));
		const winners = buyers.filter((_, n) => answers[n]?.status === 200);
		expect(winners).toHaveLength(1);
		expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
		expect((await getSeat(seat)).reservedBy).toBe(winners[0]);
	});

	it.each([
		['a seat that is not in the plan', `${EVENT}:no-such-seat`, 'alice', 404, /has no seat/],
		['an event that is not published', 'no-such-event:A-1', 'alice', 404, /No event/],
		['a malformed key', 'not-a-key', 'alice', 400, /not a seat key/],
		['a blank user', `${EVENT}:x`, '', 400, /userId: must not be empty/],
		['an unbounded hold', `${EVENT}:x`, { userId: 'a', holdForMs: 1e9 }, 400, /holdForMs/],
		['something that is no request', `${EVENT}:x`, 7, 400, /give a user ID/]
	])('refuses %s', async (_, key, request, status, message) => {
		const answer = await call(`Ticket/${key}/reserve`, request);
		expect(answer.status).toBe(status);
		expect(answer.body.message).toMatch(message);
	});

	it('has read the seat when the plan refuses it, so that a replay stays on its journal', async () => {
		const { body } = await call<{ invocationId: string }>(
			`Ticket/${EVENT}:no-such-seat/reserve/send`,
			'alice'
		);
		const journal = () =>
			query<{ entry_type: string }>(
				`SELECT entry_type FROM sys_journal WHERE id = '${body.invocationId}' ORDER BY index`
			);
		await expect.poll(async () => (await journal()).at(-1)?.entry_type).toBe('Command: Output');
		const [, read] = await journal();
		expect(read?.entry_type).toMatch(/^Command: Get\w*State$/);
	});

	it('keeps the fenced handlers away from the public ingress', async () => {
		const seat = await freshSeat();
		for (const handler of ['confirm', 'release', 'extend', 'expire', 'forceRelease'])
			expect(await call(`Ticket/${seat}/${handler}`, {})).toMatchObject({
				status: 400,
				body: { message: 'the invoked service is not public' }
			});
	});
});

describe('expiry', () => {
	it('frees a short hold by its durable timer, and the seat can be had again', async () => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, { userId: 'alice', holdForMs: 300 });
		await expect.poll(async () => (await getSeat(seat)).epoch, { timeout: 20_000 }).toBe(2);
		expect(await getSeat(seat)).toMatchObject({ status: 'AVAILABLE', reservedBy: null });
		const [last] = await getHistory(seat);
		expect(last).toMatchObject({ event: 'expire', actor: 'timer', from: 'RESERVED' });
		expect(await call(`Ticket/${seat}/reserve`, 'bob')).toEqual({ status: 200, body: true });
	});

	it('leaves a later hold alone when an earlier timer fires', async () => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, { userId: 'alice', holdForMs: 300 });
		await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
		// Taken at once: the first hold's timer may still be under way.
		await call(`Ticket/${seat}/reserve`, 'bob');
		await expect
			.poll(async () => (await getHistory(seat)).map(({ event, actor }) => `${event} ${actor}`))
			.toContain('reserve bob');
		expect(await getSeat(seat)).toMatchObject({ status: 'RESERVED', reservedBy: 'bob' });
	});
});
