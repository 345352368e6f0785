import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { it } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { call, query } from '../support/nexus.ts';
import { openEvent } from '../support/pages/event-page.ts';
import { runSale } from '../support/run-sale.ts';
import type { OccupancyHead } from '../../shared/occupancy.ts';

/** What a second viewer of a sale costs: nothing. */

declare global {
	interface Window {
		/** When the seats were read of which the page's stream has told. */
		readings: number[];
	}
}

/** Listens to what the page's own stream says. */
const listen = (page: Page) =>
	page.addInitScript(() => {
		window.readings = [];
		const note = ({ data }: MessageEvent<string>) =>
			window.readings.push((JSON.parse(data) as OccupancyHead).at);
		window.EventSource = class extends EventSource {
			constructor(url: string | URL) {
				super(url);
				this.addEventListener('delta', note);
				this.addEventListener('beat', note);
			}
		};
	});

/** How often the seats have been read so far, without having them read. */
async function scansOf(event: string): Promise<number> {
	const [row] = await query<{ head: string }>(
		`SELECT value_utf8 AS head FROM state WHERE scope IS NULL AND service_name = 'Occupancy'
			AND service_key = '${event}' AND key = 'picture'`
	);
	return (JSON.parse(row?.head ?? '{}') as OccupancyHead).scans;
}

it('shows two browsers a sale by the same readings', async ({ page }) => {
	const event = await publishEvent('Two Viewers', 500);
	const context = await page.context().browser()?.newContext();
	const second = await context?.newPage();
	if (!second) throw new Error('there is no browser for a second viewer');
	for (const each of [page, second]) await listen(each);
	await openEvent(page, event);
	await second.goto(page.url());
	await second.locator('[data-live="live"]').first().waitFor();

	const sale = runSale(event, ['--buyers', '60', '--rate', '8', '--seed', '3']);
	const readings = (each: Page) => each.evaluate(() => window.readings);
	await expect.poll(async () => (await readings(second)).length).toBeGreaterThan(0);
	const before = await scansOf(event);
	const from = Date.now();
	const seenBy = async (each: Page) => (await readings(each)).filter((at) => at > from);
	await expect.poll(async () => (await seenBy(page)).length).toBeGreaterThanOrEqual(8);
	await expect.poll(async () => (await seenBy(second)).length).toBeGreaterThanOrEqual(8);
	const [one, two] = await Promise.all([seenBy(page), seenBy(second)]);
	const scans = (await scansOf(event)) - before;
	expect(await sale).toMatchObject({ ok: true });
	await context?.close();

	// Each would have readings of its own if it cost any: what one saw the other did as well, but for
	// the newest, which may be on its way, and for quiet moments, of which each is told now and then.
	const shared = two.filter((at) => one.includes(at));
	expect(shared.length).toBeGreaterThan(two.length / 2);
	const { body: head } = await call<OccupancyHead>(`Occupancy/${event}/refresh`);
	const sampled = Math.ceil((head.at - from) / 10_000) + 1;
	const quiet = Math.max(...one, ...two) - from;
	expect(scans).toBeLessThan(quiet / 500 + sampled + 2);
});
