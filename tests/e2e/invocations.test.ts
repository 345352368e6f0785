import { describe, expect } from 'vitest';
import { it, open } from '../support/browser.ts';
import { call, freshSeat, getSeat, ledger, query, withFaults } from '../support/nexus.ts';
import { askFor } from '../support/pages/operation-dialog.ts';

const order = (ticketId: string, userId: string) => ({
	ticketId,
	userId,
	paymentMethod: 'pm_card_visa'
});

describe('a checkout in the list of invocations', () => {
	it('is found by its service, and opens on its steps and its own log lines', async ({ page }) => {
		const seat = await freshSeat();
		expect((await call('Checkout/checkout', order(seat, 'dora'))).status).toBe(200);
		const { checkoutId } = await getSeat(seat);
		const id = checkoutId ?? '';

		await open(page, '/invocations');
		await page.getByRole('button', { name: 'Filter' }).click();
		await page.getByLabel('Service').selectOption('Checkout');
		await page.getByRole('button', { name: 'Apply' }).click();
		await page.waitForURL('**/invocations?*service=Checkout*');
		const table = page.getByRole('table', { name: 'Invocations' });
		const targets = await table.locator('tbody td:nth-child(3)').allInnerTexts();
		expect(targets.length).toBeGreaterThan(0);
		expect(targets.filter((text) => !text.includes('Checkout'))).toEqual([]);

		const row = table.getByRole('row').filter({ has: page.getByTitle(id, { exact: true }) });
		expect(await row.getByRole('cell').nth(1).innerText()).toBe('Succeeded');
		await row.getByRole('cell').nth(2).click();
		await page.waitForURL(`**/invocations/${id}`);

		const steps = page.locator('[data-kind="run"]');
		for (const step of ['Authorise payment', 'Capture payment'])
			expect(await steps.filter({ hasText: step }).count(), step).toBe(1);
		const line = page.locator('[data-kind="line"]').filter({ hasText: 'Order confirmed' });
		await line.waitFor();
		await line
			.getByText(/^Details of/)
			.locator('..')
			.click();
		await line.getByText(`ord_${id.slice(4)}`).waitFor();
		expect(await page.getByTitle(seat, { exact: true }).first().getAttribute('href')).toBe(
			`/seats/${seat}`
		);
	});
});

describe('a checkout that cannot go on', () => {
	it.for([
		['hangs at the gateway', { payments: { delayMs: 60_000, times: 3 } }, 'Running'],
		['backs off from a failing gateway', { payments: { status: 503 } }, 'Backing off']
	] as const)('and %s is cancelled from its page', async ([, faults, state], { page }) => {
		const seat = await freshSeat();
		await withFaults(faults, async () => {
			const checkout = call('Checkout/checkout', order(seat, 'erin'));
			const id = await paying(seat);
			await open(page, `/invocations/${id}`);
			const header = page.getByRole('main').locator('header').first();
			await header.getByText(state, { exact: true }).waitFor();

			const dialog = await askFor(page, 'Cancel checkout');
			await dialog.preview.getByText('1 seat comes free').waitFor();
			await dialog.reason.fill('the buyer asked us to stop');
			await dialog.submit();
			await dialog.root.waitFor({ state: 'hidden' });
			// It counts down first; the page stays, and tells when the compensation has finished.
			await page.locator('[data-change][data-status="done"]').waitFor();
			expect(await withFaults({}, () => checkout)).toMatchObject({
				status: 409,
				body: { message: expect.stringMatching(/cancelled/i) as unknown }
			});

			await header.getByText('Cancelled', { exact: true }).waitFor();
			const undone = page
				.locator('[data-kind]')
				.filter({ has: page.getByText('compensation', { exact: true }) });
			await undone.filter({ hasText: 'Void or refund payment' }).waitFor();
			await undone.filter({ hasText: 'Ticket' }).first().waitFor();
			const action = page.locator('[data-kind="action"]');
			await action.filter({ hasText: 'the buyer asked us to stop' }).waitFor();
			await expect.poll(() => page.getByRole('link', { name: 'Cancel checkout…' }).count()).toBe(0);
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		const intents = (await ledger()).intents.filter(({ metadata }) => metadata['seats'] === seat);
		for (const intent of intents)
			expect(intent).toMatchObject({ status: 'canceled', amount_received: 0 });
	});
});

/** The checkout that holds the seat, once it has begun to pay. */
async function paying(seat: string): Promise<string> {
	const begun = async () => {
		const { checkoutId } = await getSeat(seat);
		if (checkoutId === null) return undefined;
		const steps = await query<{ name: string }>(
			`SELECT name FROM sys_journal WHERE id = '${checkoutId}'`
		);
		return steps.some(({ name }) => name === 'Authorise payment') ? checkoutId : undefined;
	};
	await expect.poll(begun).toBeDefined();
	return (await begun()) ?? '';
}
