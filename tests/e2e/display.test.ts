import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { awake, it, open } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { EVENT } from '../support/nexus.ts';
import { openEvent } from '../support/pages/event-page.ts';
import { painted, prefer } from '../support/pages/theme.ts';

const choose = (page: Page, group: string, option: string) =>
	page.getByRole('group', { name: group }).getByTitle(option).click();

describe('the theme', () => {
	it('is the system’s until it is chosen', async ({ page }) => {
		await open(page, '/');
		await painted(page, 'dark');
		await prefer(page, 'light');
	});

	it('follows the switch, and stays chosen on other pages and after a reload', async ({ page }) => {
		await open(page, '/');
		await choose(page, 'Theme', 'Light');
		await painted(page, 'light');
		await page.reload();
		await painted(page, 'light');
		await open(page, '/invocations');
		await painted(page, 'light');
		expect(await page.getByRole('radio', { name: 'Light' }).isChecked()).toBe(true);
		await choose(page, 'Theme', 'Dark');
		await painted(page, 'dark');
	});

	it('repaints the seat map', async ({ page }) => {
		const { map } = await openEvent(page, EVENT);
		const dark = await map.screenshot();
		await choose(page, 'Theme', 'Light');
		await expect.poll(async () => dark.equals(await map.screenshot())).toBe(false);
	});
});

describe('times', () => {
	it('are UTC or the reader’s own, as the switch says, and stay so', async ({ page }) => {
		await open(page, '/invocations');
		const exact = page.locator('tbody time').first();
		expect(await exact.getAttribute('title')).toMatch(/UTC|Z/);
		await page.getByRole('group', { name: 'Time zone' }).getByText('Local').click();
		expect(await exact.getAttribute('title')).toMatch(/\+0[12]|CEST|CET/);
		await page.reload();
		await awake(page);
		expect(await page.getByRole('radio', { name: 'Local' }).isChecked()).toBe(true);
	});
});

describe('on a narrow screen', () => {
	it('the menu leads everywhere the sidebar does', async ({ page }) => {
		// The menu lists the newest events, and other tests publish theirs.
		const event = await publishEvent('Opening Night', 50);
		await page.setViewportSize({ width: 768, height: 1024 });
		await open(page, '/');
		const links: [string, RegExp][] = [
			['Invocations', /\/invocations$/],
			['Opening Night', new RegExp(`/events/${event}$`)],
			['Overview', /:\d+\/$/]
		];
		for (const [name, address] of links) {
			await page.getByRole('button', { name: 'Open the menu' }).click();
			const menu = page.getByRole('dialog', { name: 'Menu' });
			await menu.getByRole('link', { name, exact: true }).click();
			await page.waitForURL(address);
			await menu.waitFor({ state: 'hidden' });
			await page.getByRole('heading', { level: 1, name }).waitFor();
		}
	});
});
