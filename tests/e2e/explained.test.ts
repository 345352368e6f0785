import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { it, open } from '../support/browser.ts';
import { call, freshSeat, getSeat, query, withFaults } from '../support/nexus.ts';

/** What a drill breaks is told by the pages that docs/OPERATIONS.md names for it. */

const buy = (ticketId: string, userId: string, paymentMethod = 'pm_card_visa') =>
	call('Checkout/checkout', { ticketId, userId, paymentMethod, email: `${userId}@example.com` });

const main = (page: Page) => page.getByRole('main');

describe('a fault is explained by the console alone', () => {
	it('a gateway that answers 503: which step waits, why, and how often it failed', async ({
		page
	}) => {
		const seat = await freshSeat();
		const sale = await withFaults({ payments: { status: 503 } }, async () => {
			const answer = buy(seat, 'fay');
			await expect.poll(async () => (await getSeat(seat)).checkoutId).not.toBeNull();
			const { checkoutId } = await getSeat(seat);
			await open(page, `/invocations/${checkoutId ?? ''}`);
			await main(page)
				.getByText(/Failed \d+ times at “Authorise payment”; next attempt/)
				.waitFor();
			await main(page).getByText('Payment gateway answered 503').first().waitFor();
			await open(page, `/logs?invocation=${checkoutId ?? ''}&level=warn`);
			await page.getByText('Payment gateway answered 503').first().waitFor();
			return { answer };
		});
		expect((await sale.answer).status).toBe(200);
	});

	it('a mail provider that is down: the sale is done, the mail waits', async ({ page }) => {
		const seat = await freshSeat();
		await withFaults({ emails: { status: 500 } }, async () => {
			expect((await buy(seat, 'gus')).status).toBe(200);
			expect((await getSeat(seat)).status).toBe('SOLD');
			await expect.poll(waitingMails).toHaveLength(1);
			const [mail] = await waitingMails();
			await open(page, `/invocations/${mail?.id ?? ''}`);
			await main(page)
				.getByText(/Failed (once|\d+ times) at “Send mail”/)
				.waitFor();
		});
		await expect.poll(waitingMails).toHaveLength(0);
	});

	it('a declined card: the order says so, and that no money is kept', async ({ page }) => {
		const seat = await freshSeat();
		expect((await buy(seat, 'hal', 'pm_card_chargeDeclined')).status).toBe(402);
		const [failed] = await query<{ id: string }>(
			`SELECT id FROM sys_invocation WHERE target_service_name = 'Checkout'
				AND completion_result = 'failure' ORDER BY created_at DESC LIMIT 1`
		);
		await open(page, `/invocations/${failed?.id ?? ''}`);
		await main(page).getByText('Your card was declined').first().waitFor();
		await open(page, `/orders/ord_${failed?.id.slice(4) ?? ''}`);
		await main(page).getByText('Your card was declined').first().waitFor();
	});
});

const waitingMails = () =>
	query<{ id: string }>(
		`SELECT id FROM sys_invocation WHERE target_service_name = 'Notification'
			AND status = 'backing-off'`
	);
