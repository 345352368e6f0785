import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { EVENT, Site } from '../../scripts/drills/site.ts';
import type { Begun } from '../../scripts/drills/site.ts';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import { until } from '../../scripts/until.ts';
import { it } from '../support/browser.ts';

/** restate-server is killed and started again under pages that are open: none is loaded anew. */

let site: Site;
let checkout: Begun;
let seat: string;

beforeAll(async () => {
	// The tests' own stack built the console just before.
	site = new Site(await startPrivateStack({ console: 'built' }));
	seat = await site.freshSeat();
	await site.breakGateway({ payments: { status: 503 } });
	checkout = await site.begin({ ticketIds: [seat], userId: 'rita', email: 'rita@example.com' });
	await until('the order to be on record, and a failure in the logs', async () => {
		const { retry_count } = await site.records.invocation(checkout.invocationId);
		const lines = site.records.d1(
			'SELECT id FROM logs WHERE invocation_id = ?',
			checkout.invocationId
		);
		const known = site.records.orders().some(({ id }) => id === checkout.orderId);
		return retry_count > 1 && lines.length > 0 && known;
	});
});

afterAll(() => site.stack.stop());

const patient = { timeout: 60_000 };
const loadedAt = (page: Page) => page.evaluate(() => performance.timeOrigin);

it(
	'shows no seat as available before any was read',
	{ timeout: 120_000 },
	async ({ page, tolerate }) => {
		tolerate(/./);
		await site.stack.restate.kill();
		await page.goto(`${site.stack.settings.urls.console}/events/${EVENT}`);
		await page.getByText('Which seats are taken is not known yet').waitFor(patient);
		await page.getByText(/^Nothing is known yet: no answer since/).waitFor(patient);
		await page.getByText(/No answer since/).waitFor(patient);

		await site.stack.restate.restart();
		await page.locator('[data-live="live"]').first().waitFor(patient);
		expect(await page.getByText('Which seats are taken is not known yet').count()).toBe(0);
		expect(await page.getByText(/^Nothing is known yet/).count()).toBe(0);
	}
);

it(
	'goes stale, tells what is on record, and recovers by itself',
	{ timeout: 240_000 },
	async ({ page, tolerate }) => {
		// Another stack's console, and what the browser has to say of failed requests.
		tolerate(/./);
		const { console: base } = site.stack.settings.urls;
		const context = page.context();
		const tabOf = async (path: string) => {
			const tab = await context.newPage();
			await tab.goto(`${base}${path}`);
			return tab;
		};
		const event = await tabOf(`/events/${EVENT}`);
		const invocation = await tabOf(`/invocations/${checkout.invocationId}`);
		await event.locator('[data-live="live"]').first().waitFor();
		await invocation.getByText('Authorise payment').first().waitFor();
		const before = await Promise.all([event, invocation].map(loadedAt));

		await site.stack.restate.kill();
		await event.bringToFront();
		await event.locator('[data-live="stale"]').first().waitFor(patient);
		await invocation.bringToFront();
		await invocation.getByText(/^This page is old: nothing new since/).waitFor(patient);

		// Whoever comes only now is told what D1 has of it.
		const late = [
			await tabOf(`/invocations/${checkout.invocationId}`),
			await tabOf(`/seats/${seat}`)
		];
		for (const tab of late) {
			await tab.bringToFront();
			await tab.getByText('The page tries again by itself').waitFor(patient);
			await tab.getByRole('list', { name: 'Orders on record' }).getByText('rita').waitFor(patient);
		}
		await late[0]
			?.getByRole('list', { name: 'Log lines and actions on record' })
			.getByText(/503/)
			.first()
			.waitFor();
		const lateLoadedAt = await Promise.all(late.map(loadedAt));

		await site.stack.restate.restart();
		await event.bringToFront();
		await event.locator('[data-live="live"]').first().waitFor(patient);
		await invocation.bringToFront();
		await expect.poll(() => invocation.getByText(/^This page is old/).count(), patient).toBe(0);
		for (const tab of late) {
			await tab.bringToFront();
			await expect
				.poll(() => tab.getByText('The page tries again by itself').count(), patient)
				.toBe(0);
		}
		await late[1]?.getByText('Hold ends').first().waitFor(patient);
		await late[0]?.getByText('Authorise payment').first().waitFor(patient);

		await site.mendGateway();
		await invocation.bringToFront();
		await invocation.locator('header').getByText('Succeeded', { exact: true }).waitFor(patient);
		await event.bringToFront();
		const sold = event.getByRole('group', { name: 'Highlight seats by status' });
		await sold.getByRole('button', { name: /Sold 1\b/ }).waitFor(patient);
		expect(await Promise.all([event, invocation].map(loadedAt))).toEqual(before);
		expect(await Promise.all(late.map(loadedAt))).toEqual(lateLoadedAt);
	}
);
