import { expect, inject, it } from 'vitest';
import { generateVenue } from '../../scripts/venue/generate.ts';
import { OPERATOR_HEADER, signOperatorToken } from '../../shared/operator-token.ts';
import { initialSeat } from '../../shared/seat.ts';
import type { Venue } from '../../shared/venue.ts';
import { editSeat, lapsedHold } from '../support/edit-seat.ts';
import { publishEvent } from '../support/events.ts';
import { call, getSeat } from '../support/nexus.ts';

const idsOf = async (event: string): Promise<string[]> =>
	(await call<Venue>(`Event/${event}/venue`)).body.seats.map(([id]) => id);

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

	const { plan, prices, currency } = generateVenue({ seats: 50 });
	const token = await signOperatorToken(inject('operatorSigningKey'), {
		...{ name: 'tester', role: 'admin' }
	});
	const publish = () =>
		call(
			`Event/${event}/publish`,
			{ name: 'Shrunk', currency, plan, prices },
			{ [OPERATOR_HEADER]: token }
		);
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
