import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { Venue } from '../../shared/venue.ts';
import { it, numberIn } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { call } from '../support/nexus.ts';
import { isDrawn, openEvent } from '../support/pages/event-page.ts';

const SOON = { timeout: 15_000 };

/** One order paid, one declined, and a seat asked for twice. */
async function smallSale(): Promise<string> {
	const event = await publishEvent('Charted Sale', 60);
	const { body } = await call<Venue>(`Event/${event}/venue`);
	const [paid, declined, wanted] = body.seats.map(([id]) => `${event}:${id}`);
	const order = { userId: 'alice', paymentMethod: 'pm_card_visa' };
	await call('Checkout/checkout', { ...order, ticketId: paid });
	const card = { ...order, paymentMethod: 'pm_card_chargeDeclined' };
	await call('Checkout/checkout', { ...card, ticketId: declined });
	await call(`Ticket/${wanted ?? ''}/reserve`, 'bob');
	await call(`Ticket/${wanted ?? ''}/reserve`, 'carol');
	return event;
}

/** A number of a chart's table, by its line and column. */
const cell = async (page: Page, chart: string, line: string, column: number): Promise<number> => {
	const row = page.getByRole('table', { name: chart }).getByRole('row').filter({ hasText: line });
	return numberIn(await row.locator('td').nth(column).textContent());
};

const pixelsOf = (chart: Locator): Promise<string> =>
	chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());

describe('an event’s charts', () => {
	it('tell how far buyers came and what failed, and lead to who is behind it', async ({ page }) => {
		const event = await smallSale();
		const shown = await openEvent(page, event);
		await shown.show('Checkout funnel', 'Table');
		await expect.poll(() => cell(page, 'Checkout funnel', 'Paid', 1), SOON).toBe(1);
		await expect.poll(() => cell(page, 'Checkout funnel', 'Declined', 1), SOON).toBe(1);

		await shown.show('Failures per step', 'Table');
		await expect.poll(() => cell(page, 'Failures per step', 'Authorise', 2), SOON).toBe(1);
		await expect.poll(() => cell(page, 'Failures per step', 'Reserve', 2), SOON).toBe(1);

		await shown.show('Failures per step', 'Chart');
		const bars = await shown.chart(/^Failures per step/);
		const box = await bars.boundingBox();
		if (!box) throw new Error('the chart is not on the page');
		// Seven bars above the axis; the second is Authorise.
		await bars.click({ position: { x: box.width / 2, y: ((box.height - 28) / 7) * 1.5 } });
		const behind = page.getByRole('table', { name: 'Invocations that failed: Authorise' });
		await behind.getByRole('link').first().click();
		await page.waitForURL('**/invocations/inv_*');
	});

	it('are drawn when they come into view, and catch up when they do so again', async ({ page }) => {
		const event = await publishEvent('Seen Sale', 60);
		const { body } = await call<Venue>(`Event/${event}/venue`);
		const scripts: string[] = [];
		page.on('response', (response) => {
			if (response.request().resourceType() === 'script') scripts.push(response.url());
		});
		const shown = await openEvent(page, event);
		const occupancy = page.getByRole('img', { name: /^Occupancy over time/ });
		await occupancy.waitFor();
		const before = scripts.length;
		expect(await isDrawn(occupancy)).toBe(false);

		await shown.chart(/^Occupancy over time/);
		expect(scripts.length).toBeGreaterThan(before);

		await page.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
		// The page learns within a frame what has left its view, and has drawn what was due by then.
		await page.evaluate(
			() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
		);
		const left = await pixelsOf(occupancy);
		const seats = body.seats
			.slice(0, 30)
			.map(([id]) => call(`Ticket/${event}:${id}/reserve`, 'bob'));
		await Promise.all(seats);
		await expect.poll(() => shown.legend('Held'), SOON).toBe(30);
		expect(await pixelsOf(occupancy)).toBe(left);
		await occupancy.scrollIntoViewIfNeeded();
		await expect.poll(() => pixelsOf(occupancy), SOON).not.toBe(left);
	});

	it('lead on from their tables as from their bars', async ({ page }) => {
		const event = await smallSale();
		const shown = await openEvent(page, event);
		await shown.show('Failures per step', 'Table');
		const steps = page.getByRole('table', { name: 'Failures per step' });
		await steps.getByRole('button', { name: 'Reserve' }).click();
		await page.getByRole('table', { name: 'Invocations that failed: Reserve' }).waitFor();

		await shown.show('By section', 'Table');
		const sections = page.getByRole('table', { name: 'By section' });
		const section = sections.getByRole('button').first();
		const name = await section.textContent();
		await section.click();
		await expect.poll(() => new URL(page.url()).searchParams.get('section')).toBe(name);
	});

	it('keep their range in the address, and save what they show', async ({ page }) => {
		const event = await smallSale();
		const shown = await openEvent(page, event);
		await page.getByRole('group', { name: 'Range' }).getByText('1h').click();
		await page.waitForURL('**?range=1h');
		await expect
			.poll(async () => {
				const [file] = await Promise.all([
					page.waitForEvent('download'),
					page.getByRole('button', { name: 'Save Occupancy as CSV' }).click()
				]);
				expect(file.suggestedFilename()).toBe(`${event}-occupancy.csv`);
				return (await readFile(await file.path(), 'utf8')).split('\r\n').slice(0, 2);
			}, SOON)
			.toEqual(['Time,Sold,Held,Lapsed,Available', expect.stringMatching(/ UTC,1,1,0,58$/)]);
		await shown.show('Occupancy', 'Table');
		expect(await shown.occupancyTable()).toEqual({ sold: 1, held: 1 });
	});
});
