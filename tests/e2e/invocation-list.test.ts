import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, inject } from 'vitest';
import { it, numberIn, open } from '../support/browser.ts';
import { call, EVENT, freshSeat, getSeat } from '../support/nexus.ts';

/** The list of invocations: found, paged, kept as a view, taken along as a file. */

const { urls } = inject('settings');
const buyer = `reader-${Date.now()}`;
let seat = '';
let orderId = '';
let tries = 0;

beforeAll(async () => {
	seat = await freshSeat();
	const order = { ticketId: seat, userId: buyer, paymentMethod: 'pm_card_visa' };
	expect((await call('Checkout/checkout', order)).status).toBe(200);
	orderId = (await getSeat(seat)).orderId ?? '';
	// More than two pages of refusals.
	for (; tries < 120; tries++) await call(`Ticket/${seat}/reserve`, `${buyer}-late`);
});

const table = (page: Page) => page.getByRole('table', { name: 'Invocations' });
const rows = (page: Page) => table(page).locator('tbody tr');
const idsOf = (page: Page): Promise<string[]> =>
	table(page)
		.locator('a.row-link')
		.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname));
const refusals = () => `/invocations?status=failed&key=${seat}&handler=reserve`;

interface Reading {
	rows: { id: string; service: string; handler: string; key: string | null }[];
	missing: string[];
}

const read = async <T>(path: string): Promise<T> =>
	(await (await fetch(`${urls.console}/invocations/${path}`)).json()) as T;

describe('the filter', () => {
	it('is typed in, stands in the address, and is taken off again', async ({ page }) => {
		await open(page, '/invocations');
		await page.keyboard.press('f');
		const form = page.getByRole('form', { name: 'Filter' });
		await form.getByLabel('Service').selectOption('Ticket');
		await form
			.getByLabel('Key')
			.first()
			.fill(`${seat.slice(0, -1)}*`);
		await form.getByLabel('Created', { exact: true }).selectOption('1h');
		await form.getByRole('button', { name: 'Apply' }).click();
		await page.waitForURL('**/invocations?service=Ticket*created=1h*');
		expect(new URL(page.url()).searchParams.get('key')).toBe(`${seat.slice(0, -1)}*`);
		await expect.poll(() => rows(page).first().innerText()).toContain('Ticket');
		await page.reload();
		const off = page.getByRole('link', { name: 'Remove the filter Created: last hour' });
		await off.click();
		await page.waitForURL((url) => !url.searchParams.has('created'));
		expect(new URL(page.url()).searchParams.get('service')).toBe('Ticket');
		await page.getByRole('link', { name: 'Clear all' }).click();
		await page.waitForURL((url) => url.search === '');
	});

	it('says at once what it cannot read, in the form and in the address', async ({
		page,
		tolerate
	}) => {
		tolerate(/status of 400/);
		await open(page, '/invocations');
		await page.keyboard.press('f');
		await page.getByLabel('Order', { exact: true }).fill('nonsense');
		await page.keyboard.press('Enter');
		await page.getByRole('alert').getByText('"nonsense" is not an order ID').waitFor();
		expect(new URL(page.url()).search).toBe('');
		expect(await open(page, '/invocations?status=broken')).toBe(400);
		await page.getByText('"broken" is not a status').waitFor();
	});

	it.for([
		['seat', () => `seat=${seat}`],
		['user', () => `user=${buyer}`],
		['order', () => `order=${orderId}`]
	] as const)('by %s lists what it counts, the checkout among it', async ([name, query]) => {
		const { rows, missing } = await read<Reading>(`data?${query()}&handler=checkout`);
		expect(
			rows.map(({ id }) => id.slice(4)),
			name
		).toEqual([orderId.slice(4)]);
		expect(missing).toEqual([]);
		const all = (await read<Reading>(`data?${query()}&created=1h`)).rows;
		const { counts } = await read<{ counts: Record<string, number> }>(
			`counts?${query()}&created=1h`
		);
		const counted = Object.values(counts).reduce((sum, n) => sum + n, 0);
		expect(all.length).toBe(Math.min(counted, 50));
		const services = new Set(all.map(({ service }) => service));
		expect(services.has(name === 'seat' ? 'Ticket' : 'Notification')).toBe(true);
	});
});

describe('the pages', () => {
	it('meet without a gap, lead back, and count as the status says', async ({ page }) => {
		await open(page, refusals());
		const first = await idsOf(page);
		expect(first.length).toBe(50);
		await page.getByRole('link', { name: 'Next' }).click();
		await page.waitForURL('**after=*');
		await expect.poll(() => idsOf(page)).not.toEqual(first);
		const second = await idsOf(page);
		await page.getByRole('link', { name: 'Next' }).click();
		await expect.poll(async () => (await idsOf(page)).length).toBe(tries - 100);
		const third = await idsOf(page);
		expect(new Set([...first, ...second, ...third]).size).toBe(tries);
		expect(await page.getByRole('link', { name: 'Next' }).count()).toBe(0);
		await page.getByRole('link', { name: 'Previous' }).click();
		await expect.poll(() => idsOf(page)).toEqual(second);
		await page.getByRole('link', { name: 'First' }).click();
		await expect.poll(() => idsOf(page)).toEqual(first);
		const failed = page.getByRole('navigation', { name: 'Status' }).getByText('Failed');
		await expect.poll(async () => numberIn(await failed.textContent())).toBe(tries);
	});

	it('are sorted by the column that is asked for, and open by keyboard', async ({ page }) => {
		await open(page, refusals());
		const newest = await idsOf(page);
		await page.getByRole('columnheader', { name: 'Created' }).getByRole('link').click();
		await page.waitForURL('**sort=created*');
		await expect.poll(() => idsOf(page)).not.toEqual(newest);
		const oldest = await idsOf(page);
		const header = page.getByRole('columnheader', { name: 'Created' });
		expect(await header.getAttribute('aria-sort')).toBe('ascending');
		await page.keyboard.press('j');
		await page.keyboard.press('j');
		await page.keyboard.press('k');
		await page.keyboard.press('Enter');
		await page.waitForURL(`**${oldest[0] ?? ''}`);
	});

	it('begin at a time', async ({ page }) => {
		await open(page, refusals());
		await page.getByLabel('Go to a time').fill('2020-01-01T00:00:00');
		await page.getByRole('button', { name: 'Go to time' }).click();
		await page.getByText('Nothing comes after this place').waitFor();
		expect(new URL(page.url()).searchParams.get('after')).toBe(String(Date.UTC(2020, 0, 1)));
	});
});

describe('what a reader keeps', () => {
	it('is the choice of columns, in the address', async ({ page }) => {
		await open(page, refusals());
		await page.getByRole('button', { name: 'Columns' }).click();
		await page.getByLabel('Called by').check();
		await page.getByLabel('Duration').uncheck();
		await page.waitForURL(({ searchParams }) => {
			const columns = searchParams.get('columns')?.split(',') ?? [];
			return columns.includes('caller') && !columns.includes('duration');
		});
		await page.reload();
		const headers = await table(page).getByRole('columnheader').allInnerTexts();
		expect(headers.map((text) => text.trim())).toEqual(
			expect.arrayContaining(['Status', 'Target', 'Called by'])
		);
		expect(headers.join()).not.toContain('Duration');
		expect(await rows(page).first().innerText()).toContain('ingress');
	});

	it('is a view by name, until it is forgotten', async ({ page }) => {
		const query = `status=succeeded&key=${encodeURIComponent(seat)}`;
		await open(page, `/invocations?${query}`);
		await page.getByRole('button', { name: 'Views' }).click();
		await page.getByLabel('Name of this view').fill('My seat');
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'My seat', exact: true }).waitFor();

		await open(page, '/invocations');
		await page.getByRole('button', { name: 'Views' }).click();
		await page.getByRole('link', { name: 'My seat' }).click();
		await page.waitForURL(`**/invocations?${query}`);
		await page.getByRole('button', { name: 'My seat', exact: true }).click();
		await page.getByRole('button', { name: 'Forget the view My seat' }).click();
		await page.reload();
		await page.getByRole('button', { name: 'Views', exact: true }).waitFor();
	});

	it('is a file of all pages', async ({ page }) => {
		await open(page, refusals());
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name: 'CSV' }).click()
		]);
		expect(download.suggestedFilename()).toMatch(/^invocations-.*\.csv$/);
		const lines = readFileSync(await download.path(), 'utf8')
			.trimEnd()
			.split('\r\n');
		expect(lines[0]).toMatch(/^id,status,service,handler,key,created/);
		expect(lines.length).toBe(tries + 1);
		expect(new Set(lines.slice(1).map((line) => line.split(',')[0])).size).toBe(tries);
		expect(lines.slice(1).every((line) => line.includes(`,failed,Ticket,reserve,${seat},`))).toBe(
			true
		);
	});
});

describe('the refresh', () => {
	it('rests while the tab is hidden and while the list is held still', async ({ page }) => {
		await page.clock.install();
		let asked = 0;
		page.on('request', (request) => {
			if (new URL(request.url()).pathname === '/invocations/data') asked++;
		});
		await open(page, `/invocations?key=${EVENT}:*`);
		const tick = () => page.clock.runFor(60_000);
		await expect.poll(async () => (await tick(), asked)).toBeGreaterThan(0);

		await hide(page, true);
		await tick();
		const before = asked;
		await tick();
		expect(asked).toBe(before);
		await hide(page, false);
		await expect.poll(() => asked).toBeGreaterThan(before);

		await page.getByRole('button', { name: 'Hold this list still' }).click();
		await page.getByText('held still').waitFor();
		const held = asked;
		await tick();
		expect(asked).toBe(held);
	});
});

/** As a browser says it of a tab that is left, or come back to. */
const hide = (page: Page, hidden: boolean): Promise<void> =>
	page.evaluate((value) => {
		Object.defineProperty(document, 'hidden', { configurable: true, value });
		document.dispatchEvent(new Event('visibilitychange'));
	}, hidden);
