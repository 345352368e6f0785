import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import { loadKeys } from '../../scripts/stack/keys.ts';
import { it, open } from '../support/browser.ts';
import { call, freshSeat, getHistory } from '../support/nexus.ts';
import { startProbe, withdrawProbe } from '../support/probe.ts';
import type { Probe } from '../support/probe.ts';

const settings = inject('settings');

describe('the log page', () => {
	it('finds a seat’s rows, leads to their invocation, and back', async ({ page }) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'ada');
		const id = (await getHistory(seat))[0]?.invocationId ?? '';
		await open(page, '/logs');
		await page.getByLabel('Seat, key, or').fill(seat);
		await page.getByRole('button', { name: 'Filter' }).click();
		await page.waitForURL('**/logs?*key=*');
		const row = rows(page).filter({ hasText: 'Seat AVAILABLE -> RESERVED' });
		await row.waitFor();
		expect(await rows(page).count()).toBe(1);
		await row.locator(`> a[href="/invocations/${id}"]`).click();
		await page.waitForURL(`**/invocations/${id}`);
		await page.getByRole('main').getByRole('link', { name: 'Logs', exact: true }).click();
		await page.waitForURL(`**/logs?invocation=${id}`);
		await rows(page).filter({ hasText: 'Attempt ended: ok' }).waitFor();
		expect(await row.getByTitle(seat, { exact: true }).getAttribute('href')).toBe(`/seats/${seat}`);
	});

	it('follows what is written, but never moves what is being read', async ({ page }) => {
		const text = `walker-${Date.now()}`;
		const seats = await Promise.all(Array.from({ length: 3 }, freshSeat));
		const refuse = (seat: string) => call('Checkout/checkout', checkout(seat, text, 'pm_bad_one'));
		const [first = '', second = '', third = ''] = seats;
		await refuse(first);
		await open(page, `/logs?text=${text}`);
		await expect.poll(() => rows(page).count()).toBeGreaterThan(0);
		const before = await rows(page).count();
		await refuse(second);
		await expect.poll(() => rows(page).count()).toBeGreaterThan(before);

		// A screen that is too low for the rows, scrolled down.
		await page.setViewportSize({ width: 1440, height: 180 });
		await page.mouse.wheel(0, 4000);
		await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(120);
		const shown = await rows(page).allInnerTexts();
		await refuse(third);
		const held = page.getByRole('button', { name: /^\d+ new$/ });
		await held.waitFor();
		expect(await rows(page).allInnerTexts()).toEqual(shown);
		await held.click();
		expect(await rows(page).count()).toBeGreaterThan(shown.length);
	});

	it('gives the same rows as a file', async ({ page }) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, '=1+1');
		await open(page, `/logs?key=${seat}`);
		await rows(page).first().waitFor();
		const [download] = await Promise.all([
			page.waitForEvent('download'),
			page.getByRole('link', { name: 'NDJSON' }).click()
		]);
		const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
		expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
			{ key: seat, message: 'Seat AVAILABLE -> RESERVED', level: 'info' }
		]);
		const csv = await page.request.get(`/logs/download?format=csv&key=${seat}`);
		expect((await csv.text()).split('\r\n')).toEqual([
			expect.stringMatching(/^time,level,kind,/),
			expect.stringMatching(/,Ticket,reserve,.*Seat AVAILABLE -> RESERVED/),
			''
		]);
		const refused = await page.request.get('/logs/download?format=pdf');
		expect(refused.status()).toBe(400);
		expect(await refused.text()).toContain('use one of csv, ndjson');
	});

	it('says what is wrong with an address', async ({ page, tolerate }) => {
		tolerate(/status of 400/);
		expect(await open(page, '/logs?level=loud')).toBe(400);
		await page.getByText('"loud" is not a level; use one of error, warn, info, debug').waitFor();
	});
});

describe('a handler that fails before its first line', () => {
	let probe: Probe;
	beforeAll(async () => {
		probe = await startProbe(settings, loadKeys(settings.dataDir), 'throw-probe');
	});
	afterAll(() => withdrawProbe(settings, probe));

	it.for([
		['throws', 'Thrown before the first line'],
		['dies', 'TypeError: Died before the SDK saw it']
	] as const)(
		'and %s shows why on its invocation’s page and in the logs',
		async ([handler, message], { page }) => {
			const sent = await call<{ invocationId: string }>(`ThrowProbe/${handler}/send`);
			const id = sent.body.invocationId;
			await open(page, `/invocations/${id}`);
			await page.locator('[data-kind]').filter({ hasText: message }).first().waitFor();
			await open(page, `/logs?invocation=${id}`);
			const row = rows(page).filter({ hasText: message }).first();
			await row.waitFor();
			expect(await row.innerText()).toContain(`ThrowProbe.${handler}`);
			expect(await row.getAttribute('data-level')).toMatch(/error|warn/);
		}
	);
});

const rows = (page: Parameters<typeof open>[0]) =>
	page.getByRole('list', { name: 'Log rows, newest first' }).locator('> li');

const checkout = (ticketId: string, userId: string, paymentMethod: string) => ({
	...{ ticketId, userId, paymentMethod }
});
