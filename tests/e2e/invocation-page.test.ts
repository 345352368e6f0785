import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { awake, it, open } from '../support/browser.ts';
import { answer, send, startJournalProbe, statusOf } from '../support/journal-probe.ts';
import { call, freshSeat, getSeat, query } from '../support/nexus.ts';

/** What the page of one invocation does with journals of all kinds. */

let stopProbe: (() => Promise<void>) | undefined;
beforeAll(async () => {
	stopProbe = await startJournalProbe();
});
afterAll(() => stopProbe?.());

const rows = (page: Page) => page.locator('ol > li[data-kind]');
const row = (page: Page, text: string | RegExp) => rows(page).filter({ hasText: text });
const header = (page: Page) => page.getByRole('main').locator('header').first();

describe('an invocation under way', () => {
	it('is followed to its end, and only what is new is asked for', async ({ page }) => {
		const id = await send('JournalProbe/waits', { times: 2 });
		const cursors: number[] = [];
		page.on('request', (request) => {
			const url = new URL(request.url());
			if (url.pathname.endsWith('/data')) cursors.push(Number(url.searchParams.get('entry')));
		});
		await open(page, `/invocations/${id}`);
		await header(page).getByText('Suspended', { exact: true }).waitFor();
		await page.getByText('Waits for a result or a signal').waitFor();
		expect(await row(page, 'Heard 1').count()).toBe(0);

		await answer(id, 1, 'the first answer');
		await row(page, 'Heard 1').getByText('the first answer').waitFor();
		await answer(id, 2, 'the second answer');
		await header(page).getByText('Succeeded', { exact: true }).waitFor();
		await row(page, 'Heard 2').waitFor();
		await row(page, /Result.*success/).waitFor();
		const steps = page.locator('[data-kind="run"]');
		expect(await steps.count()).toBe(4);
		expect(cursors.every((cursor) => cursor > 0)).toBe(true);
	});

	it('that waits for a lock says who holds it, and which place it has', async ({ page }) => {
		const key = crypto.randomUUID();
		const holder = await send(`LockProbe/${key}/holds`);
		await expect.poll(() => statusOf(holder)).toBe('suspended');
		const waiting = [await send(`LockProbe/${key}/holds`), await send(`LockProbe/${key}/holds`)];
		await open(page, `/invocations/${waiting[1] ?? ''}`);
		await page.getByText('which is locked, as number 2 of 2 in the queue').waitFor();
		const note = page.getByRole('link', { name: /^inv_/ }).first();
		expect(await note.getAttribute('href')).toBe(`/invocations/${holder}`);

		await answer(holder, 1, 'go');
		await page.getByText('which is locked, as number 1 of 1 in the queue').waitFor();
		for (const id of waiting) await answer(id, 1, 'go');
		await header(page).getByText('Succeeded', { exact: true }).waitFor();
	});

	it('that was paused says at which step, and why', async ({ page }) => {
		const id = await send('JournalProbe/pauses');
		await expect.poll(() => statusOf(id)).toBe('paused');
		await open(page, `/invocations/${id}`);
		await page.getByText('Paused after its attempts failed at “Bad step”').waitFor();
		expect(await page.getByText(/^The bad step is broken/).count()).toBeGreaterThan(0);
		expect(await page.locator('[data-kind="pause"]').count()).toBe(1);
		expect(await page.locator('[data-kind="retry"]').count()).toBeGreaterThan(0);
	});
});

describe('a child', () => {
	it('is opened in place, but not inside itself', async ({ page }) => {
		const id = await send('JournalProbe/circle');
		await expect.poll(() => statusOf(id)).toBe('suspended');
		await open(page, `/invocations/${id}`);
		expect(await row(page, 'Before the circle closes').count()).toBe(0);
		await page.getByRole('button', { name: 'Steps of Call attaches' }).click();
		await row(page, 'Before the circle closes').waitFor();
		const back = row(page, 'Attach to');
		await back.getByText('shown above').waitFor();
		expect(await back.getByRole('button', { name: /^Steps of/ }).count()).toBe(0);

		await page.waitForURL('**/invocations/*?inside=*');
		await page.reload();
		await awake(page);
		await row(page, 'Before the circle closes').waitFor();

		await page.getByRole('button', { name: 'Steps of Call attaches' }).click();
		await expect.poll(() => row(page, 'Before the circle closes').count()).toBe(0);
		expect(new URL(page.url()).search).toBe('');
	});
});

describe('an unfolded row', () => {
	it('is in the address: it is there for whoever comes back, beside a filter', async ({ page }) => {
		const seat = await freshSeat();
		await call('Checkout/checkout', {
			ticketId: seat,
			userId: 'unfolder',
			paymentMethod: 'pm_card_chargeDeclined'
		});
		const [checkout] = await query<{ id: string }>(
			`SELECT invoked_by_id AS id FROM sys_invocation WHERE target_service_name = 'Ticket'
				AND target_service_key = '${seat}' AND invoked_by_id IS NOT NULL LIMIT 1`
		);
		await open(page, `/invocations/${checkout?.id ?? ''}`);
		const input = row(page, /Input/).first();
		/** Its line has the words as well, amid others. */
		const value = input.getByText('"unfolder"', { exact: true });
		await input.locator('summary').first().click();
		await value.waitFor();
		await page.waitForURL('**/invocations/*?open=*');

		await page.getByLabel('Text in the timeline').fill('unfolder');
		await page.waitForURL('**/invocations/*text=unfolder*');
		await page.getByRole('main').getByRole('link', { name: 'Logs' }).first().click();
		await page.waitForURL('**/logs?*');
		await page.goBack();
		await value.waitFor();
		await page.reload();
		await awake(page);
		await value.waitFor();

		// Its middle lies under what it unfolded.
		await input
			.locator('summary')
			.first()
			.click({ position: { x: 4, y: 4 } });
		await page.waitForURL((url) => !url.searchParams.has('open'));
		await value.waitFor({ state: 'hidden' });
	});
});

describe('the filter of the timeline', () => {
	it('is in the address, and comes back from there', async ({ page }) => {
		const seat = await freshSeat();
		await call('Checkout/checkout', {
			ticketId: seat,
			userId: 'filter',
			paymentMethod: 'pm_card_chargeDeclined'
		});
		const [checkout] = await query<{ id: string }>(
			`SELECT invoked_by_id AS id FROM sys_invocation WHERE target_service_name = 'Ticket'
				AND target_service_key = '${seat}' AND invoked_by_id IS NOT NULL LIMIT 1`
		);
		await open(page, `/invocations/${checkout?.id ?? ''}`);
		await page.getByRole('link', { name: /^Failed only/ }).click();
		await page.waitForURL('**/invocations/*?failed=1');
		await expect.poll(() => row(page, 'Void or refund payment').count()).toBe(0);
		await row(page, 'Authorise payment').waitFor();

		await page.getByRole('link', { name: /^Steps/ }).click();
		await page.waitForURL('**/invocations/*?kind=steps&failed=1');
		await page.getByRole('link', { name: /^Failed only/ }).click();
		await page.getByLabel('Text in the timeline').fill('VOID');
		await page.waitForURL('**/invocations/*?kind=steps&text=VOID');
		await expect.poll(() => rows(page).count()).toBe(1);

		await page.reload();
		await awake(page);
		expect(await rows(page).allInnerTexts()).toMatchObject([/Void or refund payment/]);
		await page.getByRole('link', { name: 'Clear' }).click();
		await row(page, 'Authorise payment').waitFor();
	});
});

describe('a journal of thousands of entries', () => {
	const STEPS = 1200;

	it('scrolls with few rows in the document', { timeout: 180_000 }, async ({ page }) => {
		const id = await send('JournalProbe/long', { steps: STEPS });
		await expect.poll(() => statusOf(id), { timeout: 120_000 }).toBe('completed');
		await open(page, `/invocations/${id}`);
		await page.getByRole('link', { name: `Steps ${STEPS.toLocaleString('en')}` }).waitFor();
		expect(await rows(page).count()).toBeLessThan(100);

		await page.getByRole('button', { name: 'End' }).click();
		await row(page, /Result.*success/).waitFor();
		await row(page, `Step ${STEPS}`).waitFor();
		expect(await rows(page).count()).toBeLessThan(100);
		const place = await row(page, `Step ${STEPS}`).first().getAttribute('aria-posinset');
		expect(Number(place)).toBeGreaterThan(STEPS);

		await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight / 2));
		await row(page, /Step (5|6)\d\d\b/)
			.first()
			.waitFor();
		expect(await rows(page).count()).toBeLessThan(100);
		await page.getByLabel('Text in the timeline').fill('Step 777');
		await expect.poll(() => rows(page).count()).toBe(1);
	});
});

describe('what an entry carries', () => {
	it('is fetched when it is asked for, a large one only when told twice', async ({ page }) => {
		const id = await send('JournalProbe/large', { bytes: 300_000 });
		await expect.poll(() => statusOf(id)).toBe('completed');
		const asked: string[] = [];
		page.on('request', (request) => {
			if (request.url().includes('/payloads')) asked.push(request.url());
		});
		await open(page, `/invocations/${id}`);
		const step = row(page, 'Make much');
		await step.getByText('293 KiB, not fetched').waitFor();
		await step
			.getByText(/^Details of/)
			.locator('..')
			.click();
		const fetchButton = step.getByRole('button', { name: 'Fetch' });
		await fetchButton.waitFor();
		expect(asked).toEqual([]);
		await fetchButton.click();
		await step.getByText(/"x{1000}/).waitFor();
		expect(asked).toHaveLength(1);

		await row(page, 'Input')
			.getByText(/^Details of/)
			.locator('..')
			.click();
		await row(page, 'Input').getByText('bytes', { exact: true }).waitFor();
	});
});

describe('an invocation that Restate has forgotten', () => {
	it('leads to what is left of it', async ({ page, tolerate }) => {
		tolerate(/status of 404/);
		const seat = await freshSeat();
		const order = { ticketId: seat, userId: 'purged', paymentMethod: 'pm_card_visa' };
		await call('Checkout/checkout', order);
		const id = (await getSeat(seat)).checkoutId ?? '';
		const { admin } = inject('settings').urls;
		const purged = await fetch(`${admin}/invocations/${id}/purge`, { method: 'PATCH' });
		expect(purged.status).toBe(200);
		await expect.poll(() => statusOf(id)).toBeUndefined();

		expect(await open(page, `/invocations/${id}`)).toBe(404);
		await page.getByText(`Restate knows no invocation ${id}`).waitFor();
		const logs = page.getByRole('link', { name: 'Its log lines' });
		expect(await logs.getAttribute('href')).toBe(`/logs?invocation=${id}`);
		await page.getByRole('link', { name: 'The order of that checkout' }).click();
		await page.waitForURL(`**/orders/ord_${id.slice(4)}`);
	});
});
