import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { Venue } from '../../shared/venue.ts';
import { it, open } from '../support/browser.ts';
import { auditOf, bulkNow, decide } from '../support/changes.ts';
import { editSeat, lapsedHold } from '../support/edit-seat.ts';
import { publishEvent } from '../support/events.ts';
import { call, getSeat, ledger, withFaults } from '../support/nexus.ts';
import { settledText } from '../support/pages/change.ts';
import { openEvent } from '../support/pages/event-page.ts';

/** The page asks every five seconds what is stuck; this machine may be busy. */
const ASKED = { timeout: 20_000 };
/** A job of dozens of items, on a busy machine. */
const WORKED = { timeout: 60_000 };
const { urls } = inject('settings');
const reason = 'ticket ops: nobody comes back for these';

/** An event with seats whose holds are over and were never freed. */
async function stuckEvent(
	name: string,
	lapsed: number
): Promise<{ event: string; keys: string[] }> {
	const event = await publishEvent(name, 100);
	const { seats } = (await call<Venue>(`Event/${event}/venue`)).body;
	const keys = seats.map(([id]) => `${event}:${id}`);
	for (const [place, key] of keys.slice(0, lapsed).entries())
		await editSeat(urls.admin, key, lapsedHold(`gone-${place}`, 60_000 + place));
	for (const key of keys.slice(0, lapsed))
		await expect.poll(async () => (await getSeat(key)).overdue).toBe(true);
	return { event, keys };
}

const idOf = (key = ''): string => key.split(':')[1] ?? '';

const changeIdOf = (page: Page): string => new URL(page.url()).pathname.split('/').at(-1) ?? '';

const releaseForm = (page: Page) => page.getByRole('form', { name: 'Release stuck seats' });

async function askFor(page: Page): Promise<string> {
	await page.getByLabel('Reason').fill(reason);
	await page.getByRole('button', { name: 'Force release', exact: true }).click();
	await page.waitForURL('**/changes/chg_*');
	return changeIdOf(page);
}

describe('the stuck seats of an event', () => {
	it('are chosen and released together, each as it was seen', async ({ page }) => {
		const { event, keys } = await stuckEvent('Together', 3);
		const [first = '', second = '', third = ''] = keys;
		await openEvent(page, event);
		const form = releaseForm(page);
		await form.getByText(idOf(third), { exact: true }).waitFor(ASKED);
		expect(await form.getByRole('button', { name: 'Release 0 chosen…' }).isDisabled()).toBe(true);
		for (const key of [first, second]) await form.getByLabel(`Choose ${idOf(key)}`).check();
		await form.getByRole('button', { name: 'Release 2 chosen…' }).click();
		await page.getByRole('heading', { name: 'Release 2 stuck seats?' }).waitFor();
		const which = page.getByRole('table', { name: 'Which' });
		expect(await which.locator('tbody tr').count()).toBe(2);
		await page.getByText('2 seats come free').waitFor();

		// Somebody takes one of them while the operator reads.
		expect((await call(`Ticket/${second}/reserve`, 'newcomer')).status).toBe(200);
		const changeId = await askFor(page);
		await settledText(page);
		expect(await bulkNow(changeId)).toMatchObject({
			...{ action: 'forceRelease', status: 'finished', total: 2, done: 1, refused: 1 }
		});
		const outcomes = page.getByRole('table', { name: 'Newest outcomes' });
		await outcomes.getByRole('row', { name: first }).getByText('done').waitFor();
		await outcomes.getByRole('row', { name: second }).getByText('refused').waitFor();
		expect(await getSeat(first)).toMatchObject({ status: 'AVAILABLE', overdue: false, epoch: 2 });
		expect(await getSeat(second)).toMatchObject({ status: 'RESERVED', reservedBy: 'newcomer' });
		expect(await getSeat(third)).toMatchObject({ overdue: true, epoch: 1 });
		expect(auditOf(first)).toMatchObject([
			{ action: 'forceRelease', outcome: 'done', reason, change_id: changeId }
		]);
		expect(auditOf(second)).toMatchObject([{ action: 'forceRelease', outcome: 'refused' }]);
	});

	it('of a checkout under way are left alone, or it is cancelled by two people', async ({
		page
	}) => {
		const { event, keys } = await stuckEvent('Under Way', 1);
		const [lapsed = '', ...others] = keys;
		const paying = others.slice(0, 2);
		await withFaults({ payments: { status: 503 } }, async () => {
			await call('Checkout/checkout/send', {
				...{ ticketIds: paying, userId: 'sam', paymentMethod: 'pm_card_visa' }
			});
			await openEvent(page, event);
			const form = releaseForm(page);
			await form.getByText('failing').nth(1).waitFor(ASKED);
			await form.getByRole('button', { name: 'Release all 3…' }).click();
			await page.getByRole('heading', { name: 'Release 1 stuck seat?' }).waitFor();
			await page.getByText('2 seats of checkouts under way are left alone').waitFor();
			await page.getByLabel('Cancel checkouts that are under way first').check();
			await page.getByRole('heading', { name: 'Release 3 stuck seats?' }).waitFor();
			await page.getByText('1 checkout under way is cancelled first').waitFor();
			await page.locator('[data-approval]').waitFor();
			const changeId = await askFor(page);
			await page.getByText('It waits for a second person').waitFor();
			for (const key of paying) expect((await getSeat(key)).status).toBe('RESERVED');
			expect((await decide(changeId, true)).status).toBe(200);
			await settledText(page);
			expect(await bulkNow(changeId)).toMatchObject({ total: 2, done: 2, refused: 0 });
		});
		for (const key of [lapsed, ...paying])
			await expect
				.poll(async () => await getSeat(key))
				.toMatchObject({ status: 'AVAILABLE', overdue: false });
		const { intents } = await ledger();
		expect(
			intents.filter(
				({ metadata, status }) =>
					Boolean(metadata['seats']?.includes(event)) && status === 'succeeded'
			)
		).toEqual([]);
	});

	it(
		'that are many take a second person, from the worklist as well',
		{ timeout: 150_000 },
		async ({ page }) => {
			const { event, keys } = await stuckEvent('Many', 27);
			await open(page, `/worklist?event=${event}&kind=lapsed`);
			await page.getByRole('link', { name: `Release 27 lapsed holds of ${event}…` }).click(ASKED);
			await page.getByRole('heading', { name: 'Release 27 stuck seats?' }).waitFor();
			await page.locator('[data-approval]').getByText('More than 25').waitFor();
			const changeId = await askFor(page);
			await page.getByText('It waits for a second person').waitFor();
			expect((await decide(changeId, true)).status).toBe(200);
			await page.locator('[data-bulk="finished"]').waitFor(WORKED);
			await settledText(page);
			const progress = page.getByRole('progressbar', { name: 'Items that are over' });
			expect(await progress.getAttribute('aria-valuenow')).toBe('27');
			expect(await bulkNow(changeId)).toMatchObject({ total: 27, done: 27, refused: 0 });
			for (const key of keys.slice(0, 27)) expect((await getSeat(key)).overdue).toBe(false);
			await openEvent(page, event);
			await page.getByText('Every hold goes on by itself.').waitFor(ASKED);
		}
	);
});
