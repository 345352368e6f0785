import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { it, numberIn, open } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { call, EVENT, freshSeat, withFaults } from '../support/nexus.ts';

/** The page reads itself again every 3 s, of samples that are some seconds old. */
const LIVE = { timeout: 30_000 };

describe('the overview', () => {
	it('follows a checkout: under way, then not bought, then among the failures', async ({
		page
	}) => {
		const seat = await freshSeat();
		await open(page, '/?failures=all');
		const before = await totals(page);
		const order = { ticketId: seat, userId: 'olivia', paymentMethod: 'pm_card_chargeDeclined' };
		const checkout = await withFaults({ payments: { delayMs: 5_000 } }, async () => {
			const checkout = call('Checkout/checkout', order);
			await expect.poll(async () => (await totals(page)).underWay, LIVE).toBe(before.underWay + 1);
			return { answer: checkout };
		});
		expect((await checkout.answer).status).toBe(402);
		await expect
			.poll(() => totals(page), LIVE)
			.toEqual({ ...before, notBought: before.notBought + 1 });

		const failures = page.getByRole('table', { name: 'Newest failures' });
		const newest = failures.locator('tbody tr').first();
		expect(await newest.innerText()).toMatch(/Checkout\.checkout.*402\s*Payment Failed/s);
		expect(await newest.getByRole('link', { name: seat }).getAttribute('href')).toBe(
			`/seats/${seat}`
		);
		await newest.getByRole('link', { name: 'Checkout.checkout' }).click();
		await page.waitForURL('**/invocations/inv_*');
	});

	it('counts a decline at its step, and lists what was refused there', async ({ page }) => {
		await open(page, '/');
		const authorise = page
			.getByRole('table', { name: 'Failures per step in the last 5 minutes' })
			.locator('tbody tr')
			.filter({ hasText: 'Authorise' });
		const refused = async () => numberIn(await authorise.locator('td').nth(2).innerText());
		const before = await refused();
		const order = { userId: 'oscar', paymentMethod: 'pm_card_chargeDeclined' };
		await call('Checkout/checkout', { ...order, ticketId: await freshSeat() });
		await expect.poll(refused, LIVE).toBeGreaterThan(before);

		await authorise.getByRole('link').click();
		await page.waitForURL('/?failures=authorise');
		const there = page.getByRole('table', { name: 'Failures at Authorise' });
		await there.getByText('refused').first().waitFor();
		expect(await there.locator('tbody tr').first().innerText()).toMatch(/Checkout.*refused/s);
	});

	it('says that all is well, and names what is not: a checkout that backs off, its step and error', async ({
		page
	}) => {
		const seat = await freshSeat();
		await open(page, '/');
		const verdict = page.getByRole('region', { name: 'Is all well?' });
		const order = { ticketId: seat, userId: 'peggy', paymentMethod: 'pm_card_visa' };
		const stuck = page.getByRole('table', { name: 'Invocations that do not progress' });
		const row = stuck.getByRole('row').filter({ has: page.getByText(seat) });
		const { checkout } = await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call('Checkout/checkout', order);
			await row.waitFor(LIVE);
			expect(await row.innerText()).toMatch(/Backing off.*Checkout.*Authorise payment.*503/s);
			await verdict.getByRole('link', { name: /backs? off/ }).waitFor();
			const event = page.getByRole('table', { name: 'Events' }).getByRole('row');
			const cells = event.filter({ has: page.locator(`a[href="/events/${EVENT}"]`) }).locator('td');
			await expect.poll(async () => numberIn(await cells.nth(7).innerText()), LIVE).toBe(1);
			await verdict.getByRole('link', { name: /failed at “Authorise”/ }).waitFor(LIVE);
			return { checkout };
		});
		expect((await checkout).status).toBe(200);
		await row.waitFor({ ...LIVE, state: 'detached' });
	});

	it('counts an event’s seats, and the money it has taken', async ({ page }) => {
		const event = await publishEvent('Overview Gala', 50);
		await open(page, '/');
		const row = page
			.getByRole('table', { name: 'Events' })
			.getByRole('row')
			.filter({ has: page.locator(`a[href="/events/${event}"]`) });
		const cell = async (column: number) =>
			numberIn(await row.locator('td').nth(column).innerText());
		const { body } = await call<{ seats: [string][] }>(`Event/${event}/venue`);
		const [sold, held] = body.seats.map(([id]) => `${event}:${id}`);
		const order = { userId: 'gala', paymentMethod: 'pm_card_visa' };
		await call('Checkout/checkout', { ...order, ticketId: sold });
		await call(`Ticket/${held ?? ''}/reserve`, 'gala');
		await expect
			.poll(async () => [await cell(2), await cell(3), await cell(4)], LIVE)
			.toEqual([1, 1, 48]);
		expect(await row.locator('td').last().innerText()).toMatch(/[1-9]/);
	});

	it('keeps order and filter of its events in the address', async ({ page }) => {
		for (let n = 0; n < 8; n++) await publishEvent(`Tour Stop ${n}`, 50);
		await open(page, '/');
		const table = page.getByRole('table', { name: 'Events' });
		const names = () => table.locator('tbody tr td:first-child').allInnerTexts();
		await table.getByRole('link', { name: 'Event' }).click();
		await page.waitForURL('**/?sort=name');
		await page.getByRole('searchbox', { name: 'contains' }).fill('tour stop');
		await page.waitForURL('**/?sort=name&named=tour+stop');
		const stops = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => `Tour Stop ${n}`);
		await expect.poll(names, LIVE).toEqual(stops);
		expect(await table.locator('th').first().getAttribute('aria-sort')).toBe('ascending');

		await open(page, '/?sort=-name&named=tour+stop');
		await expect.poll(names, LIVE).toEqual(stops.toReversed());
		await page.getByRole('searchbox', { name: 'contains' }).fill('nobody plays here');
		await page.getByText('No event is named “nobody plays here”').waitFor();
	});
});

async function totals(page: Page) {
	const tile = (label: string) =>
		page.getByRole('main').getByText(label, { exact: true }).locator('xpath=ancestor::div[1]');
	const under = async (label: string) => (await tile(label).locator('div').innerText()).trim();
	const orders = /([\d,]+) orders, ([\d,]+) not bought/.exec(await under('Money taken'));
	return {
		underWay: numberIn(await tile('Checkouts under way').locator('p').nth(1).innerText()),
		confirmed: numberIn(orders?.[1] ?? null),
		notBought: numberIn(orders?.[2] ?? null)
	};
}
