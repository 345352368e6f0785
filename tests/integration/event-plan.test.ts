import { expect, inject, it } from 'vitest';
import { generateVenue } from '../../scripts/venue/generate.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { initialSeat } from '../../shared/seat.ts';
import type { Venue } from '../../shared/venue.ts';
import { readD1 } from '../support/d1.ts';
import { editSeat, lapsedHold } from '../support/edit-seat.ts';
import { publishEvent } from '../support/events.ts';
import { call, getSeat } from '../support/nexus.ts';
import type { Answer } from '../support/nexus.ts';

const idsOf = async (event: string): Promise<string[]> =>
	(await call<Venue>(`Event/${event}/venue`)).body.seats.map(([id]) => id);

/** Publishes a plan of 50 seats, which drops all others. */
async function publishSmall(event: string): Promise<Answer<{ message: string }>> {
	const { plan, prices, currency } = generateVenue({ seats: 50 });
	const operator = { name: 'tester', role: 'admin' } as const;
	const token = await signOperatorToken(inject('operatorSigningKey'), operator);
	const request = { name: 'Shrunk', currency, plan, prices };
	return call(`Event/${event}/publish`, request, { [OPERATOR_HEADER]: token });
}

it('keeps a plan that drops a seat which somebody holds or has bought from being published', async () => {
	const event = await publishEvent('Shrunk', 90);
	const kept = new Set(await idsOf(await publishEvent('Small', 50)));
	const going = (await idsOf(event)).filter((id) => !kept.has(id));
	const [sold = '', held = '', paying = '', lapsed = '', freed = ''] = going;
	const key = (id: string) => `${event}:${id}`;
	const { admin } = inject('settings').urls;

	const order = { ticketId: key(sold), userId: 'bob', paymentMethod: 'pm_card_visa' };
	expect((await call('Checkout/checkout', order)).status).toBe(200);
	expect((await call(`Ticket/${key(held)}/reserve`, 'ann')).status).toBe(200);
	// A checkout may confirm a hold of its own whose time is over.
	await editSeat(admin, key(paying), { ...lapsedHold('cleo', 1_000), checkoutId: 'inv_1' });
	await editSeat(admin, key(lapsed), lapsedHold('dan', 1_000));
	await editSeat(admin, key(freed), { ...initialSeat(), epoch: 2, changedAt: 2 });
	for (const id of [paying, lapsed, freed])
		await expect.poll(async () => (await getSeat(key(id))).epoch).toBeGreaterThan(0);

	const publish = () => publishSmall(event);
	const refused = await publish();
	expect(refused.status).toBe(409);
	expect(refused.body.message).toContain('The new plan drops seats that are held or sold (3)');
	for (const id of [sold, held, paying]) expect(refused.body.message).toContain(id);
	expect(await idsOf(event)).toHaveLength(90);

	// Once these are free, the same plan may be published.
	for (const id of [sold, held, paying])
		await editSeat(admin, key(id), { ...initialSeat(), epoch: 9, changedAt: 9 });
	for (const id of [sold, held, paying])
		await expect.poll(async () => (await getSeat(key(id))).epoch).toBe(9);
	expect((await publish()).status).toBe(200);
	await expect.poll(() => idsOf(event)).toHaveLength(50);
});

it('refuses a plan when a dropped seat was taken before all had heard that the sale stands still', async () => {
	const kept = new Set(await idsOf(await publishEvent('Small', 50)));
	const event = await publishEvent('Raced', 90);
	const row = () =>
		readD1<{ revision: number; on_sale: number }>(
			'SELECT revision, on_sale FROM events WHERE id = ?',
			event
		)[0];
	// What the isolate learns of the event now, it goes on with for a moment.
	const all = await idsOf(event);
	const key = `${event}:${all.find((id) => !kept.has(id)) ?? ''}`;
	const publishing = publishSmall(event);
	await expect.poll(row, { interval: 10 }).toEqual({ revision: 1, on_sale: 0 });
	expect((await call(`Ticket/${key}/reserve`, 'ann')).status).toBe(200);
	const answer = await publishing;
	expect(answer.status).toBe(409);
	expect(answer.body.message).toContain('drops seats that are held or sold (1)');
	expect(row()).toEqual({ revision: 1, on_sale: 1 });
	expect((await call(`Event/${event}/get`)).body).toMatchObject({ revision: 1, onSale: true });
	expect(await idsOf(event)).toEqual(all);

	await editSeat(inject('settings').urls.admin, key, { ...initialSeat(), epoch: 9, changedAt: 9 });
	await expect.poll(async () => (await getSeat(key)).epoch).toBe(9);
	expect((await publishSmall(event)).status).toBe(200);
	expect(row()).toEqual({ revision: 2, on_sale: 1 });
	await expect.poll(() => idsOf(event)).toHaveLength(50);
});
