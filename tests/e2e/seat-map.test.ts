import type { Page } from 'playwright-core';
import { describe, expect, inject } from 'vitest';
import type { Attention } from '../../console/lib/attention.ts';
import { until } from '../../scripts/until.ts';
import type { Venue } from '../../shared/venue.ts';
import { it } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { call, getSeat, query, withFaults } from '../support/nexus.ts';
import { openEvent } from '../support/pages/event-page.ts';

/** The page asks every five seconds who has a seat and what is stuck; this machine may be busy. */
const ASKED = { timeout: 20_000 };
const { urls } = inject('settings');

const seatsOf = async (event: string): Promise<string[]> =>
	(await call<Venue>(`Event/${event}/venue`)).body.seats.map(([id]) => id);

async function reserve(event: string, seat: string, hold: unknown): Promise<void> {
	expect((await call(`Ticket/${event}:${seat}/reserve`, hold)).status).toBe(200);
}

const middleOf = async (page: Page) => {
	const box = await page.getByRole('application').boundingBox();
	if (!box) throw new Error('the map is not in view');
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** The ID on the card of the seat nearest to the map's middle. */
async function seatInTheMiddle(page: Page): Promise<string> {
	const { x, y } = await middleOf(page);
	await page.mouse.move(0, 0);
	await page.mouse.move(x, y);
	return (await page.locator('dt:text-is("Seat") + dd').textContent()) ?? '';
}

/** The seats that the table lists, all sections unfolded. */
async function listed(page: Page): Promise<string[]> {
	await page
		.getByRole('group', { name: 'Seats as' })
		.locator('label')
		.filter({ hasText: 'Table' })
		.click();
	const table = page.getByRole('table', { name: 'Seats by section and row' });
	await table.waitFor();
	for (const section of await table.getByRole('button').all()) await section.click();
	const links = await table
		.getByRole('link')
		.evaluateAll((all) => all.map((link) => link.getAttribute('href')?.split(':')[1] ?? ''));
	return links.sort();
}

describe('the seat map by keyboard', () => {
	it('zooms, pans, and walks from seat to seat', async ({ page }) => {
		const event = await publishEvent('By Key', 300);
		const { map } = await openEvent(page, event);
		const zoomOut = page.getByRole('button', { name: 'Zoom out' });
		expect(await zoomOut.isDisabled()).toBe(true);
		for (let times = 0; times < 6; times++) await map.press('+');
		expect(await zoomOut.isDisabled()).toBe(false);
		const before = await seatInTheMiddle(page);
		for (let times = 0; times < 4; times++) await map.press('ArrowRight');
		expect(await seatInTheMiddle(page)).not.toBe(before);
		await map.press('0');
		expect(await zoomOut.isDisabled()).toBe(true);

		const said = page.locator('[aria-live="polite"]').filter({ hasText: /, row .*, seat / });
		await map.press('Enter');
		const first = await said.textContent();
		expect(first).toMatch(/^.+, row \w+, seat \w+: Available$/);
		await map.press('ArrowRight');
		await expect.poll(() => said.textContent()).not.toBe(first);
		await map.press('ArrowLeft');
		await expect.poll(() => said.textContent()).toBe(first);
		await map.press('Enter');
		await page.waitForURL(`**/seats/${event}:*`);
	});

	it('walks along the rows of the table, which lists every seat', async ({ page }) => {
		const event = await publishEvent('Row By Row', 100);
		await openEvent(page, event);
		expect(await listed(page)).toEqual((await seatsOf(event)).sort());
		const links = page.getByRole('table', { name: 'Seats by section and row' }).getByRole('link');
		const focused = () => page.evaluate(() => document.activeElement?.getAttribute('href'));
		await links.first().focus();
		const first = await focused();
		await page.keyboard.press('ArrowRight');
		expect(await focused()).toBe(await links.nth(1).getAttribute('href'));
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Home');
		expect(await focused()).not.toBe(first);
		await page.keyboard.press('ArrowUp');
		expect(await focused()).toBe(first);
	});
});

describe('seats that are looked for', () => {
	it('are those of a holder, from the form and from the address', async ({ page }) => {
		const event = await publishEvent('By Holder', 200);
		const seats = await seatsOf(event);
		const own = [seats[3] ?? '', seats[90] ?? ''];
		for (const seat of own) await reserve(event, seat, 'dora & co');
		await reserve(event, seats[4] ?? '', 'somebody');
		await openEvent(page, event);
		await page.getByLabel('Find by').selectOption('Holder');
		await page.getByLabel('Find a holder').fill('dora & co');
		await page.getByLabel('Find a holder').press('Enter');
		await page.waitForURL(`**/events/${event}?holder=dora+%26+co`);
		await page.getByText('2 seats', { exact: true }).waitFor();
		await page.reload();
		await page.getByText('2 seats', { exact: true }).waitFor();
		expect(await listed(page)).toEqual(own.sort());
		await page.getByRole('button', { name: 'Clear the holder' }).click();
		await expect.poll(() => new URL(page.url()).search).toBe('?view=table');
	});

	it('are those of an order, and of a category', async ({ page }) => {
		const event = await publishEvent('By Order', 200);
		const seats = await seatsOf(event);
		const bought = [seats[10] ?? '', seats[11] ?? ''];
		const order = await call<{ orderId: string }>('Checkout/checkout', {
			ticketIds: bought.map((seat) => `${event}:${seat}`),
			userId: 'olga',
			paymentMethod: 'pm_card_visa'
		});
		const found = await openEvent(page, `${event}?order=${order.body.orderId}`);
		await page.getByText('2 seats', { exact: true }).waitFor();
		expect(await listed(page)).toEqual(bought.sort());
		expect(await found.legend('Sold')).toBe(2);

		const { body: venue } = await call<Venue>(`Event/${event}/venue`);
		const [category] = venue.categories;
		await openEvent(page, event);
		await page.getByLabel('Category').selectOption(category?.name ?? '');
		expect(await listed(page)).toEqual(
			venue.seats.flatMap(([id, , , , , , of]) => (of === 0 ? [id] : [])).sort()
		);
	});

	it('is one by its ID, marked and from close by; none is said to be none', async ({ page }) => {
		const event = await publishEvent('By Seat', 300);
		const wanted = (await seatsOf(event))[150] ?? '';
		await openEvent(page, event);
		const field = page.getByLabel('Find a seat');
		await field.fill('no such seat');
		await field.press('Enter');
		await page.getByText('No seat “no such seat” in this plan').waitFor();
		await field.fill(wanted.toLowerCase());
		await field.press('Enter');
		await page.waitForURL(`**/events/${event}?seat=${wanted}`);
		await expect.poll(() => seatInTheMiddle(page)).toBe(wanted);
		await openEvent(page, `${event}?seat=${wanted}`);
		await expect.poll(() => seatInTheMiddle(page)).toBe(wanted);
	});

	it('is a section, from the list of sections', async ({ page }) => {
		const event = await publishEvent('By Section', 300);
		await openEvent(page, event);
		const sections = page.getByRole('table', { name: 'Seats by section', exact: true });
		await sections.getByRole('button').first().click();
		await page.waitForURL(`**/events/${event}?section=*`);
		expect(await page.getByRole('button', { name: 'Zoom out' }).isDisabled()).toBe(false);
	});
});

describe('seats to look after', () => {
	it('are holds about to lapse', async ({ page }) => {
		const event = await publishEvent('Expiring', 200);
		const [soon = '', later = ''] = await seatsOf(event);
		await reserve(event, soon, { userId: 'eve', holdForMs: 100_000 });
		await reserve(event, later, 'eve');
		await openEvent(page, event);
		const expiring = page.getByRole('button', { name: /^Expiring/ });
		expect(await expiring.innerText()).toMatch(/Expiring\s*1$/);
		await expiring.click();
		await page.waitForURL(`**/events/${event}?status=EXPIRING`);
		expect(await listed(page)).toEqual([soon]);
	});

	it('are not those whose checkout merely waits for the gateway', async () => {
		const event = await publishEvent('Slow', 200);
		const seat = (await seatsOf(event))[20] ?? '';
		const key = `${event}:${seat}`;
		await withFaults({ payments: { delayMs: 8_000 } }, async () => {
			const buyer = { ticketIds: [key], userId: 'sue', paymentMethod: 'pm_card_visa' };
			const checkout = call('Checkout/checkout', buyer);
			const { checkoutId, changedAt } = await until('the seat to be held', async () => {
				const view = await getSeat(key);
				return view.status === 'RESERVED' && view;
			});
			// Only a hold that is older than the clocks may differ is judged by its checkout.
			const seats = await until('the hold to be judged', async () => {
				const response = await fetch(`${urls.console}/events/${event}/attention`);
				const { at, seats } = (await response.json()) as Attention;
				return at > changedAt + 2_500 && seats;
			});
			const [attempt] = await query<{ retry_count: number; in_flight: boolean }>(
				`SELECT retry_count, in_flight FROM sys_invocation_state WHERE id = '${checkoutId ?? ''}'`
			);
			expect(attempt).toMatchObject({ in_flight: true });
			expect(attempt?.retry_count).toBeGreaterThan(0);
			expect(seats).toEqual([]);
			expect((await checkout).status).toBe(200);
		});
	});

	it(
		'are those whose checkout cannot go on, or was killed',
		{ timeout: 90_000 },
		async ({ page }) => {
			const event = await publishEvent('Stuck', 200);
			const seat = (await seatsOf(event))[20] ?? '';
			const key = `${event}:${seat}`;
			await openEvent(page, event);
			await page.getByText('Every hold goes on by itself.').waitFor();
			await withFaults({ payments: { status: 503 } }, async () => {
				await call('Checkout/checkout/send', {
					ticketIds: [key],
					userId: 'sam',
					paymentMethod: 'pm_card_visa'
				});
				const list = page.getByRole('region', { name: 'Seats that need attention' });
				await list.getByText('failing').waitFor(ASKED);
				const said = await list.innerText();
				expect(said).toContain(seat);
				expect(said).toMatch(/tried again \(\d+ failed\): Payment gateway answered 503/);
				expect(await page.getByRole('button', { name: /^Stuck/ }).innerText()).toMatch(/1$/);

				const [checkout] = await query<{ id: string }>(
					`SELECT json_get_str(value_utf8, 'checkoutId') AS id FROM state WHERE scope IS NULL
					AND service_name = 'Ticket' AND service_key = '${key}' AND key = 'state'`
				);
				await fetch(`${urls.admin}/invocations/${checkout?.id ?? ''}/kill`, { method: 'PATCH' });
				await list.getByText('Its checkout was killed and did not free it').waitFor(ASKED);
				await list.getByTitle('Show it on the map').click();
				await page.waitForURL(`**/events/${event}?seat=${seat}`);
				await expect.poll(() => seatInTheMiddle(page)).toBe(seat);
			});
		}
	);
});
