import { describe, expect } from 'vitest';
import { orderIdOf } from '../../shared/order.ts';
import { it, open } from '../support/browser.ts';
import { boughtSeat, cart, intentsOf, pausedCheckout } from '../support/changes.ts';
import { call, freshSeat, getSeat, ledger, mendGateway, withFaults } from '../support/nexus.ts';
import { auditOfChange, settledText, trackedChange } from '../support/pages/change.ts';
import { askFor, submitted } from '../support/pages/operation-dialog.ts';

/** What was shown of a cancel is held against what then really happened; and its countdown. */

describe('cancelling a checkout', () => {
	it('shows what it undoes, counts down, undoes just that, and says when it has', async ({
		page
	}) => {
		const seat = await freshSeat();
		// The authorisation is made, its answer is lost, and nobody asks again.
		const lost = { payments: { dropAfterCommit: true, delayMs: 2_000 } };
		await withFaults(lost, async () => {
			const checkout = call('Checkout/checkout', cart(seat, 'cara'));
			await expect.poll(() => intentsOf(seat)).toHaveLength(1);
			const id = await pausedCheckout(seat);
			await mendGateway();
			await open(page, `/orders/${orderIdOf(id)}`);
			const dialog = await askFor(page, 'Cancel checkout');
			await dialog.preview.waitFor();
			const shown = await dialog.preview.innerText();
			const [intent] = await intentsOf(seat);
			expect(intent?.status).toBe('requires_capture');
			expect(shown).toContain(`1 seat comes free: ${seat.split(':')[1] ?? ''}.`);
			expect(shown).toMatch(/The authorisation of €[\d.]+ is voided/);
			expect(shown).toContain('cara is told by mail to cara@example.com.');
			await submitted(dialog);

			const changeId = await trackedChange(page, 'counting-down');
			await page.locator(`[data-change="${changeId}"][data-status="done"]`).waitFor();
			expect((await checkout).status).toBe(409);
			await page
				.locator(`[data-change="${changeId}"]`)
				.getByText('The compensation has finished')
				.waitFor();
			await open(page, `/changes/${changeId}`);
			expect(await settledText(page)).toMatch(/The compensation has finished/);
			await page.getByRole('link', { name: 'Checkout.checkout' }).waitFor();
			const [record] = await auditOfChange(changeId);
			expect(record).toMatchObject({ action: 'cancelCheckout', outcome: 'done' });
			for (const sentence of JSON.parse(record?.preview ?? '[]') as string[])
				expect(shown).toContain(sentence);
		});
		expect((await getSeat(seat)).status).toBe('AVAILABLE');
		expect((await intentsOf(seat)).map(({ status }) => status)).toEqual(['canceled']);
		await expect
			.poll(async () => (await ledger()).emails.filter(({ to }) => to[0] === 'cara@example.com'))
			.toMatchObject([{ subject: expect.stringContaining('not completed') as unknown }]);
	});

	it('is withdrawn within its countdown, and nothing is done', async ({ page }) => {
		const { orderId } = await boughtSeat('cleo');
		const mails = async () =>
			(await ledger()).emails.filter(({ to }) => to[0] === 'cleo@example.com').length;
		await open(page, `/orders/${orderId}`);
		await submitted(await askFor(page, 'Resend mail'));
		const changeId = await trackedChange(page, 'counting-down');
		await page.getByRole('button', { name: 'Undo' }).click();
		await page.locator(`[data-change="${changeId}"][data-status="undone"]`).waitFor();
		await open(page, `/changes/${changeId}`);
		expect(await settledText(page)).toMatch(/Undone by .* before anything was done/);
		expect(await mails()).toBe(1);

		await open(page, `/orders/${orderId}`);
		await submitted(await askFor(page, 'Resend mail'));
		await expect.poll(mails).toBe(2);
	});
});
