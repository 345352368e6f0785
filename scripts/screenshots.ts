import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { launchBrowser } from './browser/launch.ts';
import { postJson } from './ingress.ts';
import { readOptions } from './sale/options.ts';
import { runSale } from './sale/run.ts';
import { startPrivateStack } from './stack/private-stack.ts';
import type { Settings } from './stack/settings.ts';
import { until } from './until.ts';

/** `npm run screenshots`: a real sale on a private stack, photographed for the documentation. */

const FOLDER = 'docs/images';
const SCREEN = { width: 1440, height: 900 };
const EVENT = 'concert-1';
/** Sold in the pictures of the map: a picture says most well before the end. */
const MID_SALE = 900;
/** A busy machine sells ten seats a second. */
const SALE_PATIENCE_MS = 300_000;
const SALE = ['--buyers', '800', '--rate', '30', '--seed', '7'];

const venue = z.object({ seats: z.array(z.tuple([z.string()]).rest(z.unknown())) });
const order = z.object({ orderId: z.string() });

async function main(): Promise<void> {
	const stack = await startPrivateStack({ console: 'build' });
	try {
		const browser = await launchBrowser();
		try {
			await photographAll(browser, stack.settings);
		} finally {
			await browser.close();
		}
	} finally {
		await stack.stop();
	}
}

async function photographAll(browser: Browser, settings: Settings): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	const page = await browser.newPage({
		baseURL: settings.urls.console,
		viewport: SCREEN,
		reducedMotion: 'reduce'
	});
	await open(page, `/invocations/${await checkoutWithRetries(settings)}`);
	await page.getByText('Order confirmed').first().waitFor();
	await photograph(page, 'invocation', 'dark');

	await open(page, `/events/${EVENT}`);
	await page.getByRole('button', { name: /Sold \d/ }).waitFor();
	await Promise.all([sell(settings), photographSale(page)]);
}

async function photographSale(page: Page): Promise<void> {
	const sold = page.getByRole('button', { name: /^Sold/ });
	const reached = async () => {
		const digits = (await sold.textContent())?.replaceAll(/\D/g, '');
		return Number(digits) >= MID_SALE;
	};
	await until(`${MID_SALE} sold seats on the page`, reached, SALE_PATIENCE_MS);
	await photograph(page, 'event', 'dark');
	await photograph(page, 'event', 'light');
	await open(page, '/');
	await photograph(page, 'overview', 'light');
}

/** Buys two seats from a gateway that fails at first. @returns the checkout's invocation ID */
async function checkoutWithRetries({ urls }: Settings): Promise<string> {
	const plan = await postJson(`${urls.ingress}/Event/${EVENT}/venue`, undefined);
	const { seats } = venue.parse(plan);
	const faults = { payments: { status: 503, times: 2 } };
	await sendFaults(urls.sandbox, { method: 'PUT', body: JSON.stringify(faults) });
	const bought = await postJson(`${urls.ingress}/Checkout/checkout`, {
		ticketIds: seats.slice(0, 2).map(([id]) => `${EVENT}:${id}`),
		userId: 'alice',
		email: 'alice@example.com',
		paymentMethod: 'pm_card_visa'
	});
	await sendFaults(urls.sandbox, { method: 'DELETE' });
	return `inv_${order.parse(bought).orderId.slice('ord_'.length)}`;
}

async function sendFaults(sandbox: string, request: RequestInit): Promise<void> {
	const answer = await fetch(`${sandbox}/__faults`, request);
	if (!answer.ok) throw new Error(`the sandbox refused the faults: ${await answer.text()}`);
}

async function sell(settings: Settings): Promise<void> {
	const options = readOptions(['--event', EVENT, ...SALE], () => 0);
	const outcome = await runSale(options, settings, new AbortController().signal);
	if (!outcome.ok) throw new Error(`the sale did not add up: ${JSON.stringify(outcome)}`);
}

async function open(page: Page, path: string): Promise<void> {
	await page.goto(path);
	await page.getByText('Restate is up').waitFor();
}

async function photograph(page: Page, name: string, scheme: 'dark' | 'light'): Promise<void> {
	await page.emulateMedia({ colorScheme: scheme });
	await page.evaluate(() => document.fonts.ready);
	// Canvases repaint in the frame after the theme's.
	await page.evaluate(
		() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
	);
	const path = join(FOLDER, `${name}-${scheme}.png`);
	await page.screenshot({ path });
	console.log(path);
}

await main();
