import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, expect, inject, it as base } from 'vitest';
import { launchBrowser } from '../../scripts/browser/launch.ts';
import { watch } from './complaints.ts';
import './provided.ts';

/** Browser tests: `it` with a page of its own, in a browser the file's tests share. */

const { urls } = inject('settings');
/** The screen that a page opens on. */
export const SCREEN = { width: 1440, height: 900 };
const FAILURES = 'test-results';

let launched: Promise<Browser> | undefined;
afterAll(async () => (await launched)?.close());

/**
 * `page` is a fresh visitor's. A test fails on whatever the browser complains of meanwhile, unless
 * it says with `tolerate` that it is part of the play.
 */
export const it = base
	.extend('visit', async ({ task }, { onCleanup }) => {
		const browser = await (launched ??= launchBrowser());
		const context = await browser.newContext({
			baseURL: urls.console,
			viewport: SCREEN,
			colorScheme: 'dark',
			reducedMotion: 'reduce',
			locale: 'en-GB',
			timezoneId: 'Europe/Berlin'
		});
		context.setDefaultTimeout(30_000);
		const page = await context.newPage();
		const complaints = watch(page, urls.console);
		onCleanup(async () => {
			if (task.result?.state === 'fail') await picture(page, task.name);
			await context.close();
			expect(complaints.all(), 'what the browser complained of').toEqual([]);
		});
		return { page, tolerate: complaints.tolerate };
	})
	.extend('page', ({ visit }) => visit.page)
	.extend('tolerate', ({ visit }) => visit.tolerate);

/** Goes to a page of the console and waits until its scripts run. @returns the answer's status */
export async function open(page: Page, path: string): Promise<number> {
	const response = await page.goto(path);
	await awake(page);
	return response?.status() ?? 0;
}

/** The server draws pages complete; this line of the shell changes once scripts have taken over. */
export async function awake(page: Page): Promise<void> {
	await page.getByText('Restate is up').first().waitFor({ state: 'attached' });
}

/** The number in a text such as `Sold 1,234`. */
export const numberIn = (text: string | null): number => {
	const digits = /\d[\d,]*/.exec(text ?? '')?.[0].replaceAll(',', '');
	return digits === undefined ? Number.NaN : Number(digits);
};

async function picture(page: Page, name: string): Promise<void> {
	mkdirSync(FAILURES, { recursive: true });
	const file = join(FAILURES, `${name.replaceAll(/[^\w]+/g, '-')}.png`);
	await page.screenshot({ path: file });
	console.error(`what it looked like: ${file}`);
}
