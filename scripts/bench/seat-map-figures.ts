import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { MEASURES } from '../../console/lib/seat-map/timing.ts';
import { postJson } from '../ingress.ts';
import type { Settings } from '../stack/settings.ts';
import { until } from '../until.ts';

/** What the design allows, in ms. */
export const BUDGETS = { firstPaintMs: 100, deltaMs: 8, pointerMoveMs: 0.1 } as const;

export interface MapFigures {
	seats: number;
	/** Making the venue ready for drawing, once a page. */
	modelMs: number;
	/** The first drawing of all seats; the median of some loads. */
	firstPaintMs: number;
	/** From the model's being ready to the end of that drawing, the page around it included. */
	readyToPaintMs: number;
	/** How many seats changed at once, and how long it took to see which and to draw them: a median. */
	deltaSeats: number;
	deltaMs: number;
	/** One pointer move with its hit test, on average over thousands. */
	pointerMoveMs: number;
	/** Drawing all that is in view, during a pan. */
	redrawMs: Quantiles;
	/** From frame to frame, during that pan. */
	frameMs: Quantiles;
	/** The same on a blank page with four such canvases: what this browser and machine take. */
	blankFrameMs: Quantiles;
}

interface Quantiles {
	p50: number;
	p95: number;
}

/** One entry of the browser's performance timeline. */
interface Measure {
	name: string;
	start: number;
	ms: number;
	seats: number;
}

const LOADS = 3;
const DELTA_SEATS = 500;
const DELTAS = 5;
/** Rounds at most: one in which the changes came in parts tells nothing of so many at once. */
const TRIES = 2 * DELTAS;
const CLIENTS = 32;
const MOVES = 5000;
const PAN_FRAMES = 150;
const VIEW = { width: 1440, height: 900 };
/** About what the map takes of that view. */
const CANVAS = { width: 808, height: 596, layers: 4 };

/** One digit a seat, and this one for a held one. */
const Snapshot = z.object({ codes: z.string() });
const HELD = /1/g;
const venue = z.object({ seats: z.array(z.tuple([z.string()]).rest(z.unknown())) });

/** Measures the page of one event. */
export async function measureMap(
	browser: Browser,
	urls: Settings['urls'],
	event: string,
	seats: number
): Promise<MapFigures> {
	const page = await browser.newPage({
		baseURL: urls.console,
		viewport: VIEW,
		reducedMotion: 'reduce'
	});
	try {
		await page.addInitScript(() => {
			const measures: Measure[] = [];
			Object.assign(globalThis, { measures });
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries()) {
					const { name, startTime, duration } = entry;
					const detail = (entry as PerformanceMeasure).detail as { seats?: number } | null;
					const seats = detail?.seats ?? 0;
					measures.push({ name, start: startTime, ms: duration, seats });
				}
			}).observe({ type: 'measure' });
		});
		const loads: Measure[][] = [];
		for (let load = 0; load < LOADS; load++) {
			await page.goto(`/events/${event}`);
			await page.getByRole('button', { name: /Sold \d/ }).waitFor();
			loads.push(await measuresOf(page));
		}
		return {
			seats,
			...firstPaints(loads),
			...(await measureDelta(page, urls, event, seats)),
			pointerMoveMs: await measurePointer(page),
			...(await measurePan(page)),
			blankFrameMs: await measureBlank(browser)
		};
	} finally {
		await page.close();
	}
}

const measuresOf = (page: Page): Promise<Measure[]> =>
	page.evaluate(() => (globalThis as unknown as { measures: Measure[] }).measures);

const named = (measures: readonly Measure[], name: string): Measure[] =>
	measures.filter((measure) => measure.name === name);

function firstPaints(loads: readonly Measure[][]) {
	const each = loads.flatMap((measures) => {
		const [model] = named(measures, MEASURES.model);
		const [paint] = named(measures, MEASURES.firstPaint);
		if (!model || !paint) throw new Error('the page did not say when it painted its seats');
		const ready = paint.start + paint.ms - (model.start + model.ms);
		return [{ model: model.ms, paint: paint.ms, ready }];
	});
	return {
		modelMs: quantile(
			each.map(({ model }) => model),
			0.5
		),
		firstPaintMs: quantile(
			each.map(({ paint }) => paint),
			0.5
		),
		readyToPaintMs: quantile(
			each.map(({ ready }) => ready),
			0.5
		)
	};
}

/** Rounds in which each takes seats of its own, as many as there are to take evenly over the plan. */
async function measureDelta(page: Page, urls: Settings['urls'], event: string, seats: number) {
	const plan = await postJson(`${urls.ingress}/Event/${event}/venue`, undefined);
	const ids = venue.parse(plan).seats.map(([id]) => id);
	const step = Math.max(Math.floor(seats / DELTA_SEATS), TRIES);
	const rounds: number[] = [];
	let deltaSeats = 0;
	for (let round = 0; rounds.length < DELTAS; round++) {
		if (round === TRIES) throw new Error(`the changes came in parts, ${TRIES} times over`);
		const wanted = ids.filter((_, index) => index % step === round).slice(0, DELTA_SEATS);
		const taken = round * wanted.length;
		const ms = await measureOneDelta(page, urls, event, { wanted, taken });
		if (ms !== undefined) rounds.push(ms);
		deltaSeats = wanted.length;
	}
	return { deltaSeats, deltaMs: quantile(rounds, 0.5) };
}

/**
 * Seats are taken while the page is in the background: it sees them when it is back, all at once
 * unless the stream it had left behind told it some; then there is nothing to measure.
 */
async function measureOneDelta(
	page: Page,
	urls: Settings['urls'],
	event: string,
	{ wanted, taken }: { wanted: readonly string[]; taken: number }
): Promise<number | undefined> {
	await setHidden(page, true);
	const queue = [...wanted];
	await Promise.all(
		Array.from({ length: CLIENTS }, async () => {
			for (let id = queue.pop(); id !== undefined; id = queue.pop())
				await postJson(`${urls.ingress}/Ticket/${event}:${id}/reserve`, 'bench');
		})
	);
	const held = taken + wanted.length;
	await pictureHas(urls, event, held);
	const before = (await measuresOf(page)).length;
	await setHidden(page, false);
	await until(`the page to show ${held} seats held`, async () => {
		const legend = await page.getByRole('button', { name: /^Held \d/ }).textContent();
		return Number(legend?.replaceAll(/\D/g, '')) === held;
	});
	const since = (await measuresOf(page)).slice(before);
	const delta = named(since, MEASURES.delta).find(({ seats: drawn }) => drawn === wanted.length);
	if (delta === undefined) return undefined;
	const diffs = named(since, MEASURES.diff).map(({ ms }) => ms);
	if (diffs.length === 0) throw new Error('The page drew changes that it had not looked for');
	return delta.ms + Math.max(...diffs);
}

/**
 * Waits until the picture that the page will be told has so many seats held: the console's own, which
 * may be older than the service's.
 */
async function pictureHas(urls: Settings['urls'], event: string, held: number): Promise<void> {
	await until(`the picture to have ${held} seats held`, async () => {
		const { codes } = await readSnapshot(urls, event);
		return codes.match(HELD)?.length === held;
	});
}

/** What a viewer who comes now is told first. @throws when that is no picture of the seats */
async function readSnapshot(urls: Settings['urls'], event: string) {
	const response = await fetch(`${urls.console}/events/${event}/stream`);
	let text = '';
	for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
		text += part;
		if (text.includes('\n\n')) break;
	}
	const [, data] = /^event: snapshot\ndata: (.*)$/m.exec(text) ?? [];
	if (data === undefined)
		throw new Error(`The stream of ${event} began with "${text.slice(0, 80)}"`);
	return Snapshot.parse(JSON.parse(data));
}

const setHidden = (page: Page, hidden: boolean): Promise<void> =>
	page.evaluate((isHidden) => {
		Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden });
		document.dispatchEvent(new Event('visibilitychange'));
	}, hidden);

const measurePointer = (page: Page): Promise<number> =>
	page.getByRole('application').evaluate((map, moves) => {
		const { left, top, width, height } = map.getBoundingClientRect();
		const startedAt = performance.now();
		for (let move = 0; move < moves; move++)
			map.dispatchEvent(
				new PointerEvent('pointermove', {
					pointerType: 'mouse',
					clientX: left + ((move * 7919) % width),
					clientY: top + ((move * 104_729) % height)
				})
			);
		return (performance.now() - startedAt) / moves;
	}, MOVES);

/** Pans to and fro by a key, a step each frame, from a little closer than the whole plan. */
async function measurePan(page: Page): Promise<{ redrawMs: Quantiles; frameMs: Quantiles }> {
	const map = page.getByRole('application');
	await map.press('+');
	await map.press('+');
	const before = (await measuresOf(page)).length;
	const frames = await map.evaluate(async (element, wanted) => {
		const gaps: number[] = [];
		let last = await new Promise<number>((done) => requestAnimationFrame(done));
		for (let frame = 0; frame < wanted; frame++) {
			const key = Math.floor(frame / 4) % 2 === 0 ? 'ArrowRight' : 'ArrowLeft';
			element.dispatchEvent(new KeyboardEvent('keydown', { key }));
			const now = await new Promise<number>((done) => requestAnimationFrame(done));
			gaps.push(now - last);
			last = now;
		}
		return gaps;
	}, PAN_FRAMES);
	const redraws = named((await measuresOf(page)).slice(before), MEASURES.frame).map(({ ms }) => ms);
	return { redrawMs: quantiles(redraws), frameMs: quantiles(frames) };
}

/** Frames of a page that does nothing but fill its canvases. */
async function measureBlank(browser: Browser): Promise<Quantiles> {
	const page = await browser.newPage({ viewport: VIEW });
	try {
		const frames = await page.evaluate(
			async ({ width, height, layers, wanted }) => {
				const contexts = Array.from({ length: layers }, () => {
					const canvas = document.body.appendChild(document.createElement('canvas'));
					Object.assign(canvas, { width, height });
					canvas.style.cssText = 'position: absolute; inset: 0';
					return canvas.getContext('2d');
				});
				const gaps: number[] = [];
				let last = await new Promise<number>((done) => requestAnimationFrame(done));
				for (let frame = 0; frame < wanted; frame++) {
					for (const context of contexts) {
						context?.clearRect(0, 0, width, height);
						context?.fillRect(frame % width, 0, 10, height);
					}
					const now = await new Promise<number>((done) => requestAnimationFrame(done));
					gaps.push(now - last);
					last = now;
				}
				return gaps;
			},
			{ ...CANVAS, wanted: PAN_FRAMES }
		);
		return quantiles(frames);
	} finally {
		await page.close();
	}
}

const quantiles = (values: readonly number[]): Quantiles => ({
	p50: quantile(values, 0.5),
	p95: quantile(values, 0.95)
});

/** By nearest rank. */
function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN;
}
