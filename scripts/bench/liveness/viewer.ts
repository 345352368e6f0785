import type { Browser, Page } from 'playwright-core';
import { fit } from '../../../console/lib/seat-map/viewport.ts';
import { buildVenueModel } from '../../../console/lib/seat-map/venue-model.ts';
import type { Venue } from '../../../shared/venue.ts';

/** When seats looked different on a viewer's screen, by seat ID, ms since the epoch. */
type Sightings = Record<string, number>;

/** A seat's middle on the canvas and half the side of the square within it, in CSS pixels. */
interface Spot {
	x: number;
	y: number;
	half: number;
}

/** What a viewer's page is given to look at single seats of the map. */
interface Eye {
	watch: (seat: string, spot: Spot) => void;
	seen: Sightings;
}

declare global {
	interface Window {
		eye: Eye;
	}
}

/** A browser window with an event's map open. */
export interface Viewer {
	/** Looks at a seat from now on: the next change of its colour on the canvas is a sighting. */
	watch: (seat: string) => Promise<void>;
	sightings: () => Promise<Sightings>;
	/** What the page says of its picture: live, old, stale or waiting. */
	state: () => Promise<string>;
	/** When the page was loaded; a reload changes it. */
	loadedAt: () => Promise<number>;
}

const SCREEN = { width: 1440, height: 900 };

/** Opens the map, and waits until it has drawn its first picture and shows the whole plan. */
export async function openViewer(
	browser: Browser,
	consoleUrl: string,
	event: string,
	venue: Venue
): Promise<Viewer> {
	const context = await browser.newContext({
		baseURL: consoleUrl,
		viewport: SCREEN,
		reducedMotion: 'reduce'
	});
	const page = await context.newPage();
	await page.goto(`/events/${event}`);
	await page.locator('[data-live="live"]').first().waitFor();
	await page.getByRole('application').waitFor();
	await page.evaluate(openEye);
	const spotOf = seatFinder(page, venue);
	return {
		watch: async (seat) => {
			const spot = await spotOf(seat);
			await page.evaluate(({ seat, spot }) => window.eye.watch(seat, spot), { seat, spot });
		},
		sightings: () => page.evaluate(() => window.eye.seen),
		state: async () =>
			(await page.locator('[data-live]').first().getAttribute('data-live')) ?? 'unknown',
		loadedAt: () => page.evaluate(() => performance.timeOrigin)
	};
}

/** Tells where a seat is on the canvas while the whole plan shows, however large the map is now. */
function seatFinder(page: Page, venue: Venue): (seat: string) => Promise<Spot> {
	const map = page.getByRole('application');
	const { grid, bounds } = buildVenueModel(venue);
	const indexOf = new Map(venue.seats.map(([id], index) => [id, index]));
	return async (seat) => {
		const index = indexOf.get(seat);
		const box = await map.boundingBox();
		if (index === undefined || !box) throw new Error(`${seat} is not on the map`);
		const { scale, x, y } = fit(bounds, box);
		return {
			x: (grid.positions[2 * index] ?? 0) * scale + x,
			y: (grid.positions[2 * index + 1] ?? 0) * scale + y,
			// Never as far as the neighbour's edge.
			half: Math.max(grid.radius * scale - 0.5, 0)
		};
	};
}

/** Runs in the page: looks at the watched seats on the map's canvases once a frame. */
function openEye(): void {
	const layers = [...document.querySelectorAll<HTMLCanvasElement>('[role="application"] canvas')];
	if (layers.length === 0) throw new Error('there is no map on the page');
	const watched = new Map<string, { spot: Spot; before: number }>();
	const seen: Sightings = {};
	/** A seat's own square in every layer, as one number. */
	const lookOf = ({ x, y, half }: Spot): number =>
		layers.reduce((hash, canvas) => {
			const ratio = canvas.width / canvas.clientWidth;
			const [left = 0, top = 0] = [x - half, y - half].map((at) => Math.round(at * ratio));
			const side = Math.max(Math.round(2 * half * ratio), 1);
			const context = canvas.getContext('2d');
			if (!context) throw new Error('a layer of the map cannot be read');
			const { data } = context.getImageData(left, top, side, side);
			return data.reduce((sum, byte) => (Math.imul(sum, 31) + byte) | 0, hash);
		}, 0);
	const look = () => {
		for (const [seat, { spot, before }] of watched) {
			if (lookOf(spot) === before) continue;
			seen[seat] = Date.now();
			watched.delete(seat);
		}
		requestAnimationFrame(look);
	};
	requestAnimationFrame(look);
	window.eye = {
		watch: (seat, spot) => {
			watched.set(seat, { spot, before: lookOf(spot) });
		},
		seen
	};
}
