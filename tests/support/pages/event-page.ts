import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { buildVenueModel } from '../../../console/lib/seat-map/venue-model.ts';
import { fit } from '../../../console/lib/seat-map/viewport.ts';
import type { Venue } from '../../../shared/venue.ts';
import { numberIn, open } from '../browser.ts';
import { call } from '../nexus.ts';

/** `/events/[event]` as its reader sees it. */
export interface EventPage {
	/** A number of the map's legend. */
	legend: (label: 'Available' | 'Held' | 'Sold') => Promise<number>;
	/** The same from the table of all seats: the sections' numbers added up. */
	seatTable: (label: 'Available' | 'Held' | 'Sold') => Promise<number>;
	/** The newest line of the occupancy chart's table. */
	occupancyTable: () => Promise<{ sold: number; held: number }>;
	/** The list of sections, added up. */
	sectionTable: () => Promise<number>;
	/** Shows a part as a table, or back as a picture. */
	show: (part: ChartPart | 'Seats', as: 'Map' | 'Chart' | 'Table') => Promise<void>;
	/** Brings a chart into view and waits until it is drawn. @param label how it says what it shows */
	chart: (label: RegExp) => Promise<Locator>;
	map: Locator;
	/** Where on the map a seat is drawn while the whole plan shows. */
	positionOf: (seatId: string) => Promise<{ x: number; y: number }>;
}

/** The charts below the map. */
type ChartPart =
	'Occupancy' | 'Rates' | 'Checkout funnel' | 'Failures per step' | 'By section' | 'Expiring holds';

/** Opens an event's page; it is there once its first picture came over the stream. */
export async function openEvent(page: Page, eventId: string): Promise<EventPage> {
	await open(page, `/events/${eventId}`);
	const legend = page.getByRole('group', { name: 'Highlight seats by status' });
	await legend.getByRole('button', { name: /Sold \d/ }).waitFor();
	const map = page.getByRole('application');
	const cells = (table: string, column: number, exact = false) =>
		page.getByRole('table', { name: table, exact }).locator(`tbody tr td:nth-child(${column})`);
	const sum = (numbers: string[]) => numbers.reduce((total, text) => total + numberIn(text), 0);
	const columns = { Sold: 2, Held: 3, Available: 4 };
	return {
		map,
		legend: async (label) =>
			numberIn(await legend.getByRole('button', { name: label }).textContent()),
		seatTable: async (label) =>
			sum(await cells('Seats by section and row', columns[label]).allTextContents()),
		sectionTable: async () => sum(await cells('Seats by section', 2, true).allTextContents()),
		occupancyTable: async () => ({
			sold: numberIn(await cells('Occupancy', 2).first().textContent()),
			held: numberIn(await cells('Occupancy', 3).first().textContent())
		}),
		show: (part, as) =>
			page
				.getByRole('group', { name: `${part} as` })
				.locator('label')
				.filter({ hasText: as })
				.click(),
		chart: async (label) => {
			const chart = page.getByRole('img', { name: label });
			await chart.scrollIntoViewIfNeeded();
			await expect.poll(() => isDrawn(chart), { timeout: 30_000 }).toBe(true);
			return chart;
		},
		positionOf: async (seatId) => {
			const { body: venue } = await call<Venue>(`Event/${eventId}/venue`);
			const { grid, bounds } = buildVenueModel(venue);
			const box = await map.boundingBox();
			const index = venue.seats.findIndex(([id]) => id === seatId);
			if (!box || index < 0) throw new Error(`${seatId} is not on the map of ${eventId}`);
			const { scale, x, y } = fit(bounds, box);
			return {
				x: box.x + (grid.positions[2 * index] ?? 0) * scale + x,
				y: box.y + (grid.positions[2 * index + 1] ?? 0) * scale + y
			};
		}
	};
}

/** Whether a chart's canvas has anything on it. */
export const isDrawn = (chart: Locator): Promise<boolean> =>
	chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
		const blank = document.createElement('canvas');
		[blank.width, blank.height] = [canvas.width, canvas.height];
		return canvas.toDataURL() !== blank.toDataURL();
	});
