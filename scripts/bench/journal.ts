import type { Page } from 'playwright-core';
import { z } from 'zod';
import { startProbe } from '../../tests/support/probe.ts';
import { launchBrowser } from '../browser/launch.ts';
import { postJson } from '../ingress.ts';
import { percentiles } from '../sale/percentiles.ts';
import { startPrivateStack } from '../stack/private-stack.ts';
import type { Settings } from '../stack/settings.ts';
import { until } from '../until.ts';

/**
 * How an invocation's page bears a journal of 20,000 entries, on a private stack with a real one:
 * the time to the first row and to the last entry read, and the frames while it is scrolled. To
 * look at one that is there already: `node scripts/bench/journal.ts <console url> <invocation>`.
 */

const STEPS = 10_000;
const PATIENCE_MS = 900_000;
const VIEWPORT = { width: 1440, height: 900 };
const SCROLLS = 120;

const sent = z.object({ invocationId: z.string() });

async function main(): Promise<void> {
	const [consoleUrl, invocation] = process.argv.slice(2);
	if (consoleUrl && invocation) return report(consoleUrl, invocation);
	const stack = await startPrivateStack({ console: 'build' });
	try {
		const probe = await startProbe(stack.settings, stack.keys, 'journal-probe');
		try {
			await report(stack.settings.urls.console, await longInvocation(stack.settings));
		} finally {
			await probe.stop();
		}
	} finally {
		await stack.stop();
	}
}

/** One whose journal has two entries a step. It takes minutes: each replay reads all of it. */
async function longInvocation({ urls }: Settings): Promise<string> {
	const { invocationId } = sent.parse(
		await postJson(`${urls.ingress}/JournalProbe/long/send`, { steps: STEPS })
	);
	const output = `${urls.ingress}/restate/invocation/${invocationId}/output`;
	const ended = async () => (await fetch(output)).ok;
	await until('the long invocation to end', ended, PATIENCE_MS);
	return invocationId;
}

async function report(consoleUrl: string, invocation: string): Promise<void> {
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage({ baseURL: consoleUrl, viewport: VIEWPORT });
		const figures = await measure(page, `/invocations/${invocation}`);
		console.log(JSON.stringify(figures, null, '\t'));
	} finally {
		await browser.close();
	}
}

async function measure(page: Page, path: string) {
	const rows = page.locator('ol > li[data-kind]');
	const begun = performance.now();
	await page.goto(path, { waitUntil: 'commit' });
	await rows.first().waitFor();
	const firstRowMs = performance.now() - begun;
	await page.getByText(/^[\d,]+ rows$/).waitFor();
	const allReadMs = performance.now() - begun;
	const { frames, mostRows } = await page.evaluate(scrollThrough, SCROLLS);
	const whole = (value: number | undefined) => (value === undefined ? null : Math.round(value));
	const gaps = percentiles(frames);
	return {
		firstRowMs: whole(firstRowMs),
		allReadMs: whole(allReadMs),
		rows: await rows.first().getAttribute('aria-setsize'),
		mostRowsInDocument: mostRows,
		frameMs: { p50: whole(gaps?.p50), p90: whole(gaps?.p90), p99: whole(gaps?.p99) },
		slowestFrameMs: whole(gaps?.max)
	};
}

/** In the page: scrolls through all of it, a step a frame, and takes the time of each frame. */
async function scrollThrough(steps: number): Promise<{ frames: number[]; mostRows: number }> {
	const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
	const frames: number[] = [];
	let mostRows = 0;
	let last = await frame();
	for (let n = 1; n <= steps; n++) {
		const room = document.documentElement.scrollHeight - innerHeight;
		scrollTo(0, (room * n) / steps);
		const now = await frame();
		frames.push(now - last);
		last = now;
		mostRows = Math.max(mostRows, document.querySelectorAll('ol > li[data-kind]').length);
	}
	return { frames, mostRows };
}

await main();
