import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { z } from 'zod';
import { launchBrowser } from '../browser/launch.ts';
import { getJson } from '../ingress.ts';
import type { Settings } from '../stack/settings.ts';

/** What one thing took, in ms. */
export interface Times {
	median: number;
	all: number[];
}

const ROUNDS = 3;
const PATIENCE_MS = 180_000;
const DEPTH = 100;

const timesOf = (all: number[]): Times => ({
	median: all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN,
	all
});

/**
 * The time to the first row of the console's list and of Restate's own, each with an empty cache,
 * turn by turn so that both meet the machine in the same mood; and the console's scripts, gzipped.
 */
export async function measureFirstRows({
	urls
}: Settings): Promise<{ console: Times; builtIn: Times; scriptBytes: number }> {
	const browser = await launchBrowser();
	try {
		const own: Look[] = [];
		const builtIn: Look[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			own.push(await look(browser, consoleList(urls.console)));
			builtIn.push(await look(browser, builtInList(urls.admin)));
		}
		return {
			console: timesOf(own.map(({ ms }) => ms)),
			builtIn: timesOf(builtIn.map(({ ms }) => ms)),
			scriptBytes: Math.max(...own.map(({ scriptBytes }) => scriptBytes))
		};
	} finally {
		await browser.close();
	}
}

interface Place {
	url: string;
	row: string;
	/** There once all the page's scripts have been loaded. */
	awake: string;
}

const consoleList = (origin: string): Place => ({
	url: `${origin}/invocations`,
	row: 'a.row-link',
	awake: '[data-counts="counted"]'
});
const builtInList = (origin: string): Place => {
	// Its "All": without parameters it shows the running ones alone.
	const url = `${origin}/ui/invocations?sort_field=created_at&sort_order=DESC`;
	const row = '[data-key^="inv_"]';
	return { url, row, awake: row };
};

interface Look {
	ms: number;
	scriptBytes: number;
}

/** Opens a page as a new visitor does, until its first row is to be seen. */
async function look(browser: Browser, { url, row, awake }: Place): Promise<Look> {
	const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
	try {
		const page = await context.newPage();
		const scriptBytes = gzipped(page);
		const begun = performance.now();
		await page.goto(url, { waitUntil: 'commit' });
		await page.locator(row).first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
		const ms = Math.round(performance.now() - begun);
		await page.locator(awake).first().waitFor({ state: 'attached', timeout: PATIENCE_MS });
		return { ms, scriptBytes: await scriptBytes() };
	} finally {
		await context.close();
	}
}

/** Watches which scripts a page loads from now on. @returns tells their bytes, gzipped */
export function gzipped(page: Page): () => Promise<number> {
	const scripts: Response[] = [];
	page.on('response', (response) => {
		if (response.request().resourceType() === 'script') scripts.push(response);
	});
	return async () => {
		let bytes = 0;
		for (const script of scripts) bytes += gzipSync(await script.body()).length;
		return bytes;
	};
}

const answer = z.object({
	rows: z.array(z.unknown()),
	next: z.object({ value: z.number(), id: z.string() }).nullable()
});

/** What the console takes to answer with the first page and with the 100th, turn by turn. */
export async function measurePages({
	urls
}: Settings): Promise<{ first: Times; hundredth: Times }> {
	const data = `${urls.console}/invocations/data`;
	let deep = data;
	for (let page = 1; page < DEPTH; page++) {
		const { next } = answer.parse(await getJson(deep));
		if (!next) throw new Error(`there are only ${page} pages: fill the server with more`);
		deep = `${data}?after=${next.value}.${next.id}`;
	}
	const first: number[] = [];
	const hundredth: number[] = [];
	for (let round = 0; round < 2 * ROUNDS; round++) {
		first.push(await timed(data));
		hundredth.push(await timed(deep));
	}
	return { first: timesOf(first), hundredth: timesOf(hundredth) };
}

async function timed(url: string): Promise<number> {
	const begun = performance.now();
	await getJson(url);
	return Math.round(performance.now() - begun);
}
