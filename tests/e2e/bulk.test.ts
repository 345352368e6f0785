import { describe, expect } from 'vitest';
import { it, open } from '../support/browser.ts';
import { bulkNow } from '../support/changes.ts';
import { call, freshSeat, getSeat, operate, query, withFaults } from '../support/nexus.ts';
import { settledText } from '../support/pages/change.ts';

const reason = 'ticket ops: cleaning up after the outage';

const changeIdOf = (url: string): string => url.split('/').at(-1)?.split('?')[0] ?? '';

describe('a bulk change', () => {
	it('takes exactly what matched when it was looked at, and compensates each', async ({ page }) => {
		const seats = [await freshSeat(), await freshSeat(), await freshSeat()];
		const buy = (seat: string, place: number) =>
			call('Checkout/checkout', {
				...{ ticketId: seat, userId: `bulk-${place}`, paymentMethod: 'pm_card_visa' }
			});
		const checkouts: ReturnType<typeof buy>[] = [];
		await withFaults({ payments: { status: 503 } }, async () => {
			checkouts.push(...seats.map(buy));
			const waiting = () =>
				query<{ id: string }>(
					`SELECT id FROM sys_invocation WHERE status = 'backing-off'
						AND target_service_name = 'Checkout'`
				);
			await expect.poll(async () => (await waiting()).length).toBeGreaterThanOrEqual(3);
			await open(page, '/invocations?service=Checkout&status=backing-off&status=running');
			await page.getByRole('button', { name: /^Review all \d+ that match/ }).waitFor();
			await page.getByRole('combobox', { name: 'Then' }).selectOption('cancel');
			await page.getByRole('button', { name: /^Review all/ }).click();
			await page.waitForURL('**/changes/bulk?*');
			const title = await page.getByRole('heading', { level: 1 }).innerText();
			const shown = Number(/\d+/.exec(title)?.[0]);
			expect(await page.getByRole('table', { name: 'Which' }).locator('tbody tr').count()).toBe(
				shown
			);
			await page.getByText('the compensations run').waitFor();
			await page.getByLabel('Reason').fill(reason);
			await page.getByRole('button', { name: 'Cancel', exact: true }).click();
			await page.waitForURL('**/changes/chg_*');
			const changeId = changeIdOf(page.url());
			await page.getByText('of 3').or(page.locator('[data-bulk]')).first().waitFor();
			await page.reload();
			await settledText(page);
			const bulk = await bulkNow(changeId);
			expect(bulk).toMatchObject({ status: 'finished', total: shown });
			expect(bulk.done + bulk.refused + bulk.skipped).toBe(shown);
			expect(bulk.done).toBeGreaterThanOrEqual(3);
			const csv = await page.request.get(`/changes/${changeId}/outcomes`);
			expect((await csv.text()).trim().split('\r\n')).toHaveLength(shown + 1);
		});
		// The money is settled once the gateway answers again.
		await Promise.all(checkouts);
		for (const seat of seats)
			await expect.poll(async () => (await getSeat(seat)).status).toBe('AVAILABLE');
	});

	it('of many waits for a second person, and is stopped half-way', async ({ page }) => {
		const seat = await freshSeat();
		for (let round = 0; round < 6; round++)
			await Promise.all(
				Array.from({ length: 50 }, () => call(`Ticket/${seat}/reserve`, 'many-times'))
			);
		await open(page, `/invocations?service=Ticket&key=${seat}&handler=reserve&status=succeeded`);
		await page.getByRole('button', { name: /^Review all 300 that match/ }).waitFor();
		await page.getByRole('combobox', { name: 'Then' }).selectOption('purge');
		await page.getByRole('button', { name: /^Review all/ }).click();
		await page.waitForURL('**/changes/bulk?*');
		await page.locator('[data-approval]').waitFor();
		await page.getByLabel('Reason').fill(reason);
		await page.getByRole('button', { name: 'Purge', exact: true }).click();
		await page.waitForURL('**/changes/chg_*');
		const changeId = changeIdOf(page.url());
		await page.getByText('It waits for a second person').waitFor();
		const decision = { changeId, approve: true, reason, expect: { status: 'awaiting-approval' } };
		expect((await operate('approve', decision, 'approver')).status).toBe(200);
		await page.getByRole('button', { name: 'Stop…' }).click();
		const dialog = page.getByRole('dialog');
		await dialog.getByLabel('Reason').fill('that is enough');
		await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
		await page.locator('[data-bulk="stopped"]').waitFor();
		const bulk = await bulkNow(changeId);
		expect(bulk.skipped).toBeGreaterThan(0);
		const left = await query<{ id: string }>(
			`SELECT id FROM sys_invocation_status WHERE target_service_name = 'Ticket'
				AND target_service_key = '${seat}' AND target_handler_name = 'reserve'`
		);
		expect(left).toHaveLength(300 - bulk.done);
	});

	it('takes the rows that were chosen, by keyboard too', async ({ page }) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'row-1');
		await call(`Ticket/${seat}/reserve`, 'row-1');
		await open(page, `/invocations?service=Ticket&key=${seat}&handler=reserve`);
		await page.keyboard.press('j');
		await page.keyboard.press('x');
		await page.getByText('1 selected').waitFor();
		await page.getByRole('combobox', { name: 'Then' }).selectOption('kill');
		await page.getByRole('button', { name: 'Review selected…' }).click();
		await page.waitForURL('**/changes/bulk?*');
		await page.getByRole('heading', { name: 'Kill 1 invocation?' }).waitFor();
		// It has ended, so there is nothing that a kill could be done to.
		await page.locator('[data-refusal]').getByText('None of them').waitFor();
	});

	it('says so where nothing matches any more', async ({ page }) => {
		await open(page, '/changes/bulk?act=cancel&service=Ticket&key=nobody-has-this');
		await page.getByRole('heading', { name: 'Cancel 0 invocations?' }).waitFor();
		await page.locator('[data-refusal]').getByText('nothing matches any more').waitFor();
		await page.getByText('None matches', { exact: true }).waitFor();
		expect(await page.getByRole('table', { name: 'Which' }).count()).toBe(0);
		expect(await page.getByRole('button', { name: 'Cancel', exact: true }).isDisabled()).toBe(true);
	});
});
