import type { Route } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { CheckoutResult } from '../../worker/checkout.ts';
import { it, open } from '../support/browser.ts';
import { cart, stuckCheckout } from '../support/changes.ts';
import { call, freshSeat, mendGateway, query, withFaults } from '../support/nexus.ts';
import { trackedChange } from '../support/pages/change.ts';
import { askFor, askForMore, submitted } from '../support/pages/operation-dialog.ts';

/** What can be done to an invocation, from its page. */

const status = async (id: string) =>
	(await query<{ status: string }>(`SELECT status FROM sys_invocation WHERE id = '${id}'`))[0]
		?.status;

/** Ms until it is tried again; none while it is not waiting for that. */
async function restsFor(id: string): Promise<number> {
	const [row] = await query<{ status: string; next_retry_at?: string }>(
		`SELECT status, next_retry_at FROM sys_invocation WHERE id = '${id}'`
	);
	return row?.status === 'backing-off' ? Date.parse(row.next_retry_at ?? '') - Date.now() : 0;
}

describe('an invocation', () => {
	it('is paused, resumed and tried again, purged and restarted', async ({ page }) => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503 } }, async () => {
			const checkout = call<CheckoutResult>('Checkout/checkout', cart(seat, 'ines'));
			const id = await stuckCheckout(seat);
			await open(page, `/invocations/${id}`);
			const pause = await askForMore(page, 'Pause');
			await pause.preview.getByText('makes no further attempt').waitFor();
			await submitted(pause);
			await expect.poll(() => status(id)).toBe('paused');

			await submitted(await askFor(page, 'Resume'));
			await expect.poll(() => status(id)).not.toBe('paused');
			await page.getByRole('link', { name: 'Retry now…' }).waitFor();
			const retry = await askFor(page, 'Retry now');
			await retry.preview.getByText('is tried again at once').waitFor();
			// An attempt that begins between the look and the act has the act refused.
			await expect.poll(() => restsFor(id)).toBeGreaterThan(700);
			await submitted(retry);
			await mendGateway();
			expect((await checkout).status).toBe(200);
		});

		const [reserve] = await query<{ id: string }>(
			`SELECT id FROM sys_invocation_status WHERE target_service_name = 'Ticket'
				AND target_service_key = '${seat}' AND target_handler_name = 'confirm' LIMIT 1`
		);
		const confirmed = reserve?.id ?? '';
		await open(page, `/invocations/${confirmed}`);
		const restart = await askForMore(page, 'Restart');
		await restart.preview.getByText('A new invocation of Ticket.confirm begins').waitFor();
		await submitted(restart);
		const changeId = await trackedChange(page, 'done');
		await open(page, `/changes/${changeId}`);
		await expect
			.poll(() =>
				page.getByRole('table', { name: 'What follows from it' }).locator('tbody tr').count()
			)
			.toBe(2);

		await open(page, `/invocations/${confirmed}`);
		await submitted(await askForMore(page, 'Purge'));
		await expect.poll(() => status(confirmed)).toBeUndefined();
	});

	it('that is under way at the moment of the look can be tried again a moment later', async ({
		page
	}) => {
		const seat = await freshSeat();
		await withFaults({ payments: { status: 503, delayMs: 3_000 } }, async () => {
			const checkout = call<CheckoutResult>('Checkout/checkout', cart(seat, 'nils'));
			const id = await stuckCheckout(seat);
			await open(page, `/invocations/${id}`);
			const whenUnderWay = async (route: Route): Promise<void> => {
				await expect.poll(() => status(id)).toBe('running');
				await route.continue();
			};
			await page.route('**/changes/new/data?**', whenUnderWay, { times: 1 });
			const retry = await askFor(page, 'Retry now');
			await retry.root.getByText('It does not wait for another attempt: it is running').waitFor();
			await retry.reason.waitFor();
			await mendGateway();
			expect((await checkout).status).toBe(200);
		});
	});
});
