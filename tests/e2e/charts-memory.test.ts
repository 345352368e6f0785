import type { CDPSession, Page, Route } from 'playwright-core';
import { expect } from 'vitest';
import type { DeltaMessage, SnapshotMessage } from '../../console/lib/seat-map/seat-messages.ts';
import { it } from '../support/browser.ts';
import { publishEvent } from '../support/events.ts';
import { openEvent } from '../support/pages/event-page.ts';

const SEATS = 500;
const BATCH = 500;
const UPDATES = 10_000;
/** What an hour may add to the heap. Keeping a small object for each update would take more. */
const MOST_GROWTH = 4 * 1024 * 1024;

/** Hours of a sale in seconds: the page's own stream, its updates as fast as the page takes them. */
class FastStream {
	#sent = 0;
	/** Updates that the page may have by now. */
	allowed = BATCH;

	get sent(): number {
		return this.#sent;
	}

	/** One connection: the picture, and the next updates; the browser comes back for more. */
	async answer(route: Route): Promise<void> {
		const messages = [this.#event('snapshot', this.#snapshot())];
		for (let n = 0; n < BATCH && this.#sent < this.allowed; n++)
			messages.push(this.#event('delta', this.#delta()));
		await route.fulfill({
			contentType: 'text/event-stream',
			body: `retry: 20\n\n${messages.join('')}`
		});
	}

	/** Sold up to the newest update, as the seats are taken one after the other, again and again. */
	get sold(): number {
		return this.#sent % SEATS;
	}

	#snapshot(): SnapshotMessage {
		const codes = '2'.repeat(this.sold).padEnd(SEATS, '0');
		return { ...this.#beat(), codes, base: 0, untils: [] };
	}

	#delta(): DeltaMessage {
		const seat = this.#sent % SEATS;
		this.#sent += 1;
		// Once all are sold the house is empty again.
		const seats: DeltaMessage['seats'] =
			this.sold === 0 ? Array.from({ length: SEATS }, (_, index) => [index, 0]) : [[seat, 2]];
		return { ...this.#beat(), seats };
	}

	#beat() {
		const now = Date.now();
		return { at: now, now, revision: 1, onSale: true };
	}

	#event(name: string, data: object): string {
		return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
	}
}

interface Usage {
	heap: number;
	nodes: number;
	listeners: number;
}

async function usageOf(cdp: CDPSession): Promise<Usage> {
	// Twice: what the first finds dead may have kept others alive.
	await cdp.send('HeapProfiler.collectGarbage');
	await cdp.send('HeapProfiler.collectGarbage');
	const { metrics } = await cdp.send('Performance.getMetrics');
	const read = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
	return {
		heap: read('JSHeapUsedSize'),
		nodes: read('Nodes'),
		listeners: read('JSEventListeners')
	};
}

/** Lets the page take updates until it has had so many, and has drawn the last. */
async function runTo(page: Page, stream: FastStream, updates: number): Promise<void> {
	stream.allowed = updates;
	await expect.poll(() => stream.sent, { timeout: 90_000 }).toBe(updates);
	await page.getByRole('button', { name: new RegExp(`Sold ${stream.sold}$`) }).waitFor();
	await page.evaluate(
		() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
	);
}

it(
	'an event’s page stays as large as it was over 10,000 updates',
	{ timeout: 180_000 },
	async ({ page }) => {
		const event = await publishEvent('Long Sale', SEATS);
		const stream = new FastStream();
		await page.route(`**/events/${event}/stream`, (route) => stream.answer(route));
		// All of the page is in view: what is not is not drawn.
		await page.setViewportSize({ width: 1440, height: 2400 });
		const shown = await openEvent(page, event);
		await shown.chart(/^Occupancy over time/);
		const cdp = await page.context().newCDPSession(page);
		await cdp.send('Performance.enable');

		await runTo(page, stream, 1250);
		const before = await usageOf(cdp);
		await runTo(page, stream, UPDATES + 250);
		const after = await usageOf(cdp);

		expect(after.heap - before.heap).toBeLessThan(MOST_GROWTH);
		expect(after.nodes).toBeLessThan(before.nodes + 200);
		expect(after.listeners).toBeLessThan(before.listeners + 50);
		await expect
			.poll(() =>
				page.getByRole('img', { name: /^Occupancy over time/ }).getAttribute('aria-label')
			)
			.toContain(`${stream.sold} sold`);
	}
);
