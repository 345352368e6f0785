import { launchBrowser } from '../browser/launch.ts';
import type { Group } from './group.ts';
import { publishVenue } from './publish-venue.ts';
import type { Row } from './row.ts';
import { BUDGETS, measureMap } from './seat-map-figures.ts';

const SIZES = [2_000, 20_000, 100_000];

/** Painting the seats, in a real browser. */
export const seatMaps: Group = {
	name: 'map',
	title: `the seat map of ${SIZES.join(', ')} seats: first paint, many changes at once, and a pan`,
	run: async ({ stack, say }) => {
		const browser = await launchBrowser();
		try {
			const rows: Row[] = [];
			for (const size of SIZES) {
				const event = await publishVenue(stack, size, `bench-map-${size}`);
				const figures = await measureMap(browser, stack.settings.urls, event, size);
				say(`map of ${size} seats: first paint ${figures.firstPaintMs.toFixed(0)} ms`);
				rows.push(
					within(`first paint, ${size} seats`, figures.firstPaintMs, BUDGETS.firstPaintMs),
					within(
						`${figures.deltaSeats} changes among ${size} seats`,
						figures.deltaMs,
						BUDGETS.deltaMs
					),
					{
						name: `a frame of a pan, ${size} seats`,
						unit: 'ms',
						value: figures.frameMs.p50,
						floor: { name: 'a frame of a blank page', value: figures.blankFrameMs.p50 },
						ratio: figures.frameMs.p50 / figures.blankFrameMs.p50
					},
					{
						name: `drawing that frame, ${size} seats, p95`,
						unit: 'ms',
						value: figures.redrawMs.p95
					}
				);
			}
			return rows;
		} finally {
			await browser.close();
		}
	}
};

const within = (name: string, value: number, bound: number): Row => ({
	name,
	unit: 'ms',
	value,
	goal: { at: 'most', value: bound }
});
