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
 * the time to the first row and to the last entry read, and what a frame costs while it is
 * scrolled as by a wheel, and three screens at a time. The cost is the page's own time on the
 * processor: it is the same on a busy machine. To look at one that is there already: `node scripts/bench/journal.ts <console url> <invocation>`.
 */

const STEPS = 10_000;
const PATIENCE_MS = 900_000;
const VIEWPORT = { width: 1440, height: 900 };
/** A wheel's step, and three screens. */
const STRIDES = { wheel: 120, leaps: 2_700 };
const FRAMES = 100;

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
	const cdp = await page.context().newCDPSession(page);
	await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
	const metric = async (name: string) => {
		const { metrics } = await cdp.send('Performance.getMetrics');
		return metrics.find((each) => each.name === name)?.value ?? 0;
	};
	const rows = page.locator('ol > li[data-kind]');
	const begun = performance.now();
	await page.goto(path, { waitUntil: 'commit' });
	await rows.first().waitFor();
	const firstRowMs = Math.round(performance.now() - begun);
	await page.getByText(/^[\d,]+ rows$/).waitFor();
	const allReadMs = Math.round(performance.now() - begun);
	const processorMs = Math.round((await metric('TaskDuration')) * 1_000);
	const heapMB = Math.round((await metric('JSHeapUsedSize')) / 1e6);

	const scrolls: Record<string, unknown> = {};
	for (const [name, stride] of Object.entries(STRIDES)) {
		const before = await metric('TaskDuration');
		const { gaps, mostRows } = await page.evaluate(scrollDown, { stride, frames: FRAMES });
		const spent = (await metric('TaskDuration')) - before;
		scrolls[name] = {
			processorMsAFrame: Number(((spent * 1_000) / FRAMES).toFixed(1)),
			frameMs: percentiles(gaps.map(Math.round)),
			mostRowsInDocument: mostRows
		};
	}
	const shown = await rows.first().getAttribute('aria-setsize');
	return { rows: shown, firstRowMs, allReadMs, processorMs, heapMB, ...scrolls };
}

/** In the page: scrolls down from the top, a stride a frame, and takes the time between frames. */
async function scrollDown({ stride, frames }: { stride: number; frames: number }) {
	const frame = () => new Promise<number>((done) => requestAnimationFrame(done));
	const gaps: number[] = [];
	let mostRows = 0;
	scrollTo(0, 0);
	let last = await frame();
	for (let n = 0; n < frames; n++) {
		scrollBy(0, stride);
		const now = await frame();
		gaps.push(now - last);
		last = now;
		mostRows = Math.max(mostRows, document.querySelectorAll('ol > li[data-kind]').length);
	}
	return { gaps, mostRows };
}

await main();
