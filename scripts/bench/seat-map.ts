import { parseArgs } from 'node:util';
import { launchBrowser } from '../browser/launch.ts';
import { exitWithUsage, wholeNumber } from '../cli.ts';
import { startPrivateStack } from '../stack/private-stack.ts';
import { formatTable } from '../table.ts';
import { SEATS } from '../venue/generate.ts';
import { publishVenue } from './publish-venue.ts';
import { BUDGETS, measureMap } from './seat-map-figures.ts';
import type { MapFigures } from './seat-map-figures.ts';

const USAGE = `Usage: node scripts/bench/seat-map.ts [--seats N,N,…] [--json]

Measures the seat map in a real browser, on the page that operators look at and a stack of its own.

  --seats N,N,…  venues to measure, each of ${SEATS.min} to ${SEATS.max} seats
                 (default 500,2000,20000,100000)
  --json         prints JSON instead of a table

First paint and delta are the page's own measures of its drawing; a pointer move includes the hit
test and everything else that it sets off.`;

function readArguments(): { sizes: number[]; json: boolean } {
	const { values } = parseArgs({
		options: { seats: { type: 'string' }, json: { type: 'boolean' } }
	});
	const sizes = (values.seats ?? '500,2000,20000,100000')
		.split(',')
		.map((size) => wholeNumber('--seats', size, SEATS.min, SEATS.max));
	return { sizes, json: values.json ?? false };
}

async function measureAll(sizes: readonly number[]): Promise<MapFigures[]> {
	const stack = await startPrivateStack({
		console: 'build',
		onStep: (step) => console.error(step)
	});
	try {
		const browser = await launchBrowser();
		try {
			const figures: MapFigures[] = [];
			for (const seats of sizes) {
				console.error(`${seats} seats`);
				const event = await publishVenue(stack, seats);
				figures.push(await measureMap(browser, stack.settings.urls, event, seats));
			}
			return figures;
		} finally {
			await browser.close();
		}
	} finally {
		await stack.stop();
	}
}

const HEADER = [
	'seats',
	'model ms',
	'first paint ms',
	'from model to paint ms',
	'delta of',
	'delta ms',
	'pointer move ms',
	'redraw p50 ms',
	'redraw p95 ms',
	'frame p50 ms',
	'frame p95 ms',
	'blank frame p50 ms',
	'blank frame p95 ms'
];

const row = (figures: MapFigures): number[] =>
	[
		figures.seats,
		figures.modelMs,
		figures.firstPaintMs,
		figures.readyToPaintMs,
		figures.deltaSeats,
		figures.deltaMs,
		figures.pointerMoveMs,
		figures.redrawMs.p50,
		figures.redrawMs.p95,
		figures.frameMs.p50,
		figures.frameMs.p95,
		figures.blankFrameMs.p50,
		figures.blankFrameMs.p95
	].map((value) => Math.round(value * 1000) / 1000);

async function main(): Promise<void> {
	let options;
	try {
		options = readArguments();
	} catch (error) {
		exitWithUsage(error, USAGE);
	}
	const figures = await measureAll(options.sizes);
	if (options.json) console.log(JSON.stringify({ budgets: BUDGETS, figures }, undefined, '\t'));
	else {
		for (const line of formatTable(HEADER, figures.map(row))) console.log(line);
		const { firstPaintMs, deltaMs, pointerMoveMs } = BUDGETS;
		console.log(
			`budgets: first paint ${firstPaintMs} ms, delta of 500 seats ${deltaMs} ms, hit test ${pointerMoveMs} ms`
		);
	}
}

await main();
