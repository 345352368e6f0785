import { describe, expect } from 'vitest';
import { it, numberIn } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { call, EVENT, freshSeat } from '../support/nexus.ts';
import { openEvent } from '../support/pages/event-page.ts';
import { runSale } from '../support/run-sale.ts';

/** The page's stream tells of a change about every second; this machine may be busy besides. */
const LIVE = { timeout: 5_000 };

describe('an event’s page during a sale', () => {
	it('counts up as seats sell, and ends with what the sale and every table say', async ({
		page
	}) => {
		const event = await publishEvent('Live Sale', 300);
		const shown = await openEvent(page, event);
		expect(await shown.legend('Sold')).toBe(0);
		const loadedAt = await page.evaluate(() => performance.timeOrigin);

		const seen = new Set<number>();
		const sale = runSale(event, ['--buyers', '60', '--rate', '12', '--seed', '11']);
		let over = false;
		void sale.finally(() => (over = true)).catch(() => undefined);
		await expect
			.poll(async () => (seen.add(await shown.legend('Sold')), over), { timeout: 50_000 })
			.toBe(true);
		const outcome = await sale;
		expect(outcome).toMatchObject({ ok: true, verdict: { differences: [] } });
		const { soldSeats } = outcome.verdict;
		expect(soldSeats).toBeGreaterThan(20);

		await expect.poll(() => shown.legend('Sold'), LIVE).toBe(soldSeats);
		const onTheWay = [...seen].filter((sold) => sold > 0 && sold < soldSeats);
		expect(onTheWay.length, 'numbers between the first and the last').toBeGreaterThan(1);
		expect([...seen]).toEqual([...seen].sort((a, b) => a - b));
		expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);

		const held = await shown.legend('Held');
		expect(held + soldSeats + (await shown.legend('Available'))).toBe(300);
		await shown.show('Occupancy', 'Table');
		expect(await shown.occupancyTable()).toEqual({ sold: soldSeats, held });
		expect(await shown.sectionTable()).toBe(soldSeats);
		await shown.show('Seats', 'Table');
		expect(await shown.seatTable('Sold')).toBe(soldSeats);
		expect(await shown.seatTable('Held')).toBe(held);
	});

	it('says on the map how many are sold, for those who do not see it', async ({ page }) => {
		const seat = await freshSeat();
		const shown = await openEvent(page, EVENT);
		const before = await shown.legend('Sold');
		const order = { ticketId: seat, userId: 'carol', paymentMethod: 'pm_card_visa' };
		expect((await call('Checkout/checkout', order)).status).toBe(200);
		await expect
			.poll(async () => numberIn(await shown.map.getAttribute('aria-label')), LIVE)
			.toBe(before + 1);
	});
});

describe('a seat that somebody reserves', () => {
	it('shows as held on the open map; its card names the holder, and a click opens it', async ({
		page
	}) => {
		const seat = await freshSeat();
		const seatId = seat.split(':')[1] ?? '';
		const shown = await openEvent(page, EVENT);
		const before = await shown.legend('Held');
		await call(`Ticket/${seat}/reserve`, 'alice-on-the-map');
		await expect.poll(() => shown.legend('Held'), LIVE).toBe(before + 1);

		const { x, y } = await shown.positionOf(seatId);
		await page.mouse.move(x, y);
		const card = page.getByText('alice-on-the-map').locator('xpath=ancestor::div[1]');
		await card.waitFor();
		expect(await card.textContent()).toMatch(/Held.*Time left/s);
		await page.mouse.click(x, y);
		await page.waitForURL(`**/seats/${seat}`);
		expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`Seat ${seatId}`);
		await page.getByText('alice-on-the-map').first().waitFor();
	});

	it('shows as held in the table of seats, and its link opens it', async ({ page }) => {
		const seat = await freshSeat();
		await call(`Ticket/${seat}/reserve`, 'bob');
		const shown = await openEvent(page, EVENT);
		await shown.show('Seats', 'Table');
		await page.getByRole('group', { name: 'Highlight seats by status' }).getByText('Held').click();
		const sections = page.getByRole('table', { name: 'Seats by section and row' });
		for (const section of await sections.getByRole('button').all()) await section.click();
		const link = sections.locator(`a[href="/seats/${seat}"]`);
		expect(await link.textContent()).toMatch(/^\s*\d+\s*Held\s*$/);
		await link.click();
		await page.waitForURL(`**/seats/${seat}`);
	});
});
