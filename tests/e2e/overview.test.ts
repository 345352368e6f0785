import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { it, numberIn, open } from '../support/browser.ts';
import { call, freshSeat, withFaults } from '../support/nexus.ts';

/** The page reads itself again every 3 s. */
const LIVE = { timeout: 10_000 };

describe('the overview', () => {
	it('follows a checkout: under way, then not bought, then among the failures', async ({
		page
	}) => {
		const seat = await freshSeat();
		await open(page, '/');
		const before = await totals(page);
		const order = { ticketId: seat, userId: 'olivia', paymentMethod: 'pm_card_chargeDeclined' };
		const { checkout, underWay } = await withFaults({ payments: { delayMs: 5_000 } }, async () => {
			const checkout = call('Checkout/checkout', order);
			await expect.poll(async () => (await totals(page)).underWay, LIVE).toBe(before.underWay + 1);
			return { checkout, underWay: await totals(page) };
		});
		expect(underWay).toEqual({ ...before, underWay: before.underWay + 1, held: before.held + 1 });
		expect((await checkout).status).toBe(402);
		await expect
			.poll(() => totals(page), LIVE)
			.toEqual({ ...before, notBought: before.notBought + 1 });

		const failures = page.getByRole('table', { name: 'Newest failures' });
		const newest = failures.locator('tbody tr').first();
		expect(await newest.innerText()).toMatch(/Checkout\.checkout.*402\s*Payment Failed/s);
		expect(await newest.getByRole('link', { name: seat }).getAttribute('href')).toBe(
			`/seats/${seat}`
		);
		await newest.click();
		await page.waitForURL('**/invocations/inv_*');
	});

	it('names a checkout that backs off, its step and its error', async ({ page }) => {
		const seat = await freshSeat();
		await open(page, '/');
		const order = { ticketId: seat, userId: 'peggy', paymentMethod: 'pm_card_visa' };
		const { checkout } = await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call('Checkout/checkout', order);
			const stuck = page.getByRole('table', { name: 'Invocations that do not progress' });
			const row = stuck.getByRole('row').filter({ has: page.getByText(seat) });
			await row.waitFor();
			expect(await row.innerText()).toMatch(/Backing off.*Checkout.*Authorise payment.*503/s);
			return { checkout };
		});
		expect((await checkout).status).toBe(200);
		await page.getByText('Everything progresses.').waitFor();
	});
});

async function totals(page: Page) {
	const tile = (label: string) =>
		page.getByRole('main').getByText(label, { exact: true }).locator('xpath=ancestor::div[1]');
	const value = async (label: string) =>
		numberIn(await tile(label).locator('p').nth(1).innerText());
	return {
		held: await value('Held'),
		underWay: await value('Checkouts under way'),
		confirmed: await value('Orders confirmed'),
		notBought: numberIn(await tile('Orders confirmed').locator('div').innerText())
	};
}
