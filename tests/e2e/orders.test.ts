import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { CheckoutResult } from '../../worker/checkout.ts';
import { it, open } from '../support/browser.ts';
import { readD1 } from '../support/d1.ts';
import { call, freshSeat, getSeat, withFaults } from '../support/nexus.ts';
import { askFor } from '../support/pages/operation-dialog.ts';

/** The page reads itself again every few seconds. */
const LIVE = { timeout: 20_000 };

const cart = (seat: string, userId: string, paymentMethod = 'pm_card_visa') => ({
	...{ ticketId: seat, userId, paymentMethod },
	email: `${userId}@example.com`
});

async function buy(userId: string): Promise<{ seat: string; orderId: string }> {
	const seat = await freshSeat();
	const { body } = await call<CheckoutResult>('Checkout/checkout', cart(seat, userId));
	await expect
		.poll(() => readD1('SELECT id FROM orders WHERE id = ? AND mail_id IS NOT NULL', body.orderId))
		.toHaveLength(1);
	return { seat, orderId: body.orderId };
}

const verdict = (page: Page) => page.getByRole('region', { name: 'Verdict' });
const headline = (page: Page) => verdict(page).locator('p').first().innerText();

/** The order of a user, once it is on record. */
async function orderOf(userId: string): Promise<string> {
	const rows = () => readD1<{ id: string }>('SELECT id FROM orders WHERE user_id = ?', userId);
	await expect.poll(rows).toHaveLength(1);
	return rows()[0]?.id ?? '';
}

describe('an order’s page', () => {
	it('tells a paid order in a sentence, and shows what it goes by', async ({ page }) => {
		const { seat, orderId } = await buy('uma');
		await open(page, `/orders/${orderId}`);
		expect(await headline(page)).toMatch(/^Paid €[\d.]+, 1 seat sold, mail sent$/);
		const timeline = page.getByRole('region', { name: 'Timeline' });
		for (const [source, text] of [
			['workflow', 'Capture payment'],
			['seat', 'Seat sold'],
			['money', 'asked of the gateway'],
			['mail', 'Sent: confirmation mail']
		] as const)
			await timeline.locator(`[data-source="${source}"]`).filter({ hasText: text }).waitFor();
		await timeline.getByRole('link', { name: /^Seats/ }).click();
		await page.waitForURL('**?show=seat');
		expect(await timeline.locator('[data-source="workflow"]').count()).toBe(0);
		expect(await page.getByRole('link', { name: seat }).first().getAttribute('href')).toBe(
			`/seats/${seat}`
		);
	});

	it('refunds it, and tells that', async ({ page }) => {
		const { seat, orderId } = await buy('ursula');
		await open(page, `/orders/${orderId}`);
		const dialog = await askFor(page, 'Refund order');
		await dialog.reason.fill('the buyer cannot come');
		await dialog.submit();
		await dialog.root.waitFor({ state: 'hidden' });
		await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
		await expect
			.poll(() => headline(page), LIVE)
			.toMatch(/^€[\d.]+ refunded, 1 seat given back, mail sent$/);
		await page.locator('[data-source="operator"]').filter({ hasText: 'Refund order' }).waitFor();
		await page.locator('[data-source="mail"]').filter({ hasText: 'refund mail' }).waitFor();
	});

	it('tells a declined card', async ({ page }) => {
		const seat = await freshSeat();
		await call('Checkout/checkout', cart(seat, 'victor', 'pm_card_chargeDeclined'));
		await open(page, `/orders/${await orderOf('victor')}`);
		await expect.poll(() => headline(page), LIVE).toMatch(/^No money kept, 1 seat given back/);
		await verdict(page)
			.getByText(/Your card was declined/)
			.waitFor();
	});

	it('tells a checkout that retries at a failing gateway, and cancels it', async ({ page }) => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call('Checkout/checkout', cart(seat, 'wendy'));
			await open(page, `/orders/${await orderOf('wendy')}`);
			await expect
				.poll(() => headline(page), LIVE)
				.toMatch(/1 seat held, checkout is retrying “Authorise payment”/);
			await page
				.getByText(/Payment gateway answered 503/)
				.first()
				.waitFor();
			const dialog = await askFor(page, 'Cancel checkout');
			await dialog.reason.fill('the buyer gave up');
			await dialog.submit();
			await dialog.root.waitFor({ state: 'hidden' });
			await page.locator('[data-change][data-status="done"]').waitFor();
			await fetch(`${inject('settings').urls.sandbox}/__faults`, { method: 'DELETE' });
			expect((await checkout).status).toBe(409);
		});
		await expect.poll(() => headline(page), LIVE).toMatch(/^No money kept, 1 seat given back/);
		await page.getByRole('main').getByText('Cancelled', { exact: true }).first().waitFor();
	});

	it('says in plain words that there is no such order', async ({ page, tolerate }) => {
		tolerate(/status of 404/);
		expect(await open(page, '/orders/ord_1nosuchorder')).toBe(404);
		await page.getByText(/There is no order "ord_1nosuchorder"/).waitFor();
	});
});

describe('the list of orders', () => {
	it('finds an order by its buyer, its seat and its address, and leads to it', async ({ page }) => {
		const { seat, orderId } = await buy('xavier');
		await open(page, '/orders');
		for (const term of ['xavier@example.com', 'xavi', seat, orderId]) {
			const box = page.getByRole('searchbox', { name: /payment intent or order ID/ }).last();
			await box.fill(term);
			await box.press('Enter');
			await page.waitForURL((url) => url.searchParams.get('q') === term);
			const rows = page.getByRole('table', { name: 'Orders' }).locator('tbody tr');
			await expect.poll(() => rows.count()).toBe(1);
		}
		await page.getByRole('table', { name: 'Orders' }).getByTitle(orderId).click();
		await page.waitForURL(`**/orders/${orderId}`);
		const csv = await page.request.get(`/orders/csv?q=${orderId}`);
		expect(await csv.text()).toMatch(new RegExp(`^order,status,.*\r\n${orderId},CONFIRMED,`));
	});
});

describe('the command palette', () => {
	it('goes to a page, finds an order, and remembers it, by keyboard alone', async ({ page }) => {
		const { orderId } = await buy('yolanda');
		await open(page, '/');
		await page.keyboard.press('Control+k');
		const palette = page.getByRole('dialog');
		await palette.getByRole('combobox').waitFor();
		await page.keyboard.type('logs');
		await palette.getByRole('option', { name: 'Logs' }).waitFor();
		await page.keyboard.press('Enter');
		await page.waitForURL('**/logs');

		await page.keyboard.press('Control+k');
		await palette.getByRole('combobox').waitFor();
		await page.keyboard.type('yolanda@');
		await palette.getByRole('option', { name: /yolanda@example\.com/ }).waitFor();
		await page.keyboard.press('Enter');
		await page.waitForURL(`**/orders/${orderId}`);

		await page.keyboard.press('Control+k');
		await palette.getByText('Looked at lately').waitFor();
		await palette
			.getByRole('option', { name: /ord_.*order/ })
			.first()
			.waitFor();
		await page.keyboard.press('Escape');
		await palette.waitFor({ state: 'hidden' });
		await page.keyboard.press('?');
		await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
	});
});
