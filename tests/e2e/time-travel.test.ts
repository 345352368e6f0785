import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { OccupancyReplay } from '../../shared/occupancy.ts';
import type { Venue } from '../../shared/venue.ts';
import { it } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { call } from '../support/nexus.ts';
import { openEvent } from '../support/pages/event-page.ts';

const SOON = { timeout: 15_000 };

/** The seats of an event, by number. */
async function seatsOf(event: string): Promise<string[]> {
	const { body } = await call<Venue>(`Event/${event}/venue`);
	return body.seats.map(([id]) => `${event}:${id}`);
}

/** Waits until the history holds everything up to a moment. */
const recorded = (page: Page, event: string, moment: number): Promise<void> =>
	expect
		.poll(async () => {
			const answer = await page.request.get(
				`/events/${event}/replay?from=${moment - 1}&to=${Date.now()}`
			);
			return answer.ok() ? ((await answer.json()) as OccupancyReplay).to > moment : false;
		}, SOON)
		.toBe(true);

/** Holds one seat, then another, with a moment between. */
async function twoHolds(page: Page) {
	const event = await publishEvent('Past Sale', 60);
	const [first, second] = await seatsOf(event);
	const shown = await openEvent(page, event);
	await call(`Ticket/${first ?? ''}/reserve`, 'alice');
	await expect.poll(() => shown.legend('Held'), SOON).toBe(1);
	const between = Date.now();
	await call(`Ticket/${second ?? ''}/reserve`, 'bob');
	await expect.poll(() => shown.legend('Held'), SOON).toBe(2);
	return { event, shown, between };
}

describe('an event’s page in the past', () => {
	it('shows a moment named by its address as it was, and goes back to the present', async ({
		page
	}) => {
		const { event, shown, between } = await twoHolds(page);
		await recorded(page, event, between);

		await page.goto(`/events/${event}?at=${between}`);
		const banner = page.getByText('You are looking at the past');
		await banner.waitFor();
		await expect.poll(() => shown.legend('Held'), SOON).toBe(1);
		expect(await page.getByText('1 held', { exact: false }).first().textContent()).toContain(
			'0 sold, 1 held'
		);
		await page.getByRole('img', { name: /^Occupancy over time: at \d/ }).waitFor();
		// When holds were to lapse is not kept; those of the present would be a lie.
		await page.getByText('Not known of the past').waitFor();

		await page.getByRole('button', { name: 'Back to live' }).click();
		await banner.waitFor({ state: 'detached' });
		await page.getByRole('img', { name: /^Expiring holds: / }).waitFor();
		await expect.poll(() => shown.legend('Held'), SOON).toBe(2);
		await expect.poll(() => new URL(page.url()).searchParams.has('at')).toBe(false);
	});

	it('is wound by keys, and keeps the moment in its address', async ({ page, tolerate }) => {
		// Half a minute back, the event was not there yet.
		tolerate(/status of 404/);
		const { event, between } = await twoHolds(page);
		await recorded(page, event, between);
		const handle = page.getByRole('slider', { name: 'Moment shown' });
		await handle.focus();
		await page.keyboard.press('Shift+ArrowLeft');
		await page.getByText('You are looking at the past').waitFor();
		const moment = () => Date.parse(new URL(page.url()).searchParams.get('at') ?? '');
		await expect.poll(moment).toBeLessThan(between);
		const before = moment();
		await page.keyboard.press('ArrowRight');
		await expect.poll(moment).toBeGreaterThan(before);
	});

	it('says so when its history does not reach back so far', async ({ page, tolerate }) => {
		tolerate(/status of 404/);
		const event = await publishEvent('No Past', 60);
		await openEvent(page, event);
		await page.goto(`/events/${event}?at=2020-01-01T00:00:00Z`);
		await page
			.getByText(/history of .* (begins|is kept)/)
			.first()
			.waitFor();
	});
});
