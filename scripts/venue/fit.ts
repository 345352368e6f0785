import { seededRandom, shuffle } from '../random.ts';
import type { Layout } from './layout.ts';

/** A row is never trimmed below this. */
const SHORTEST_ROW = 3;
/** The share of places that pillars, cameras and wheelchairs take. */
const LOST = 0.015;

const capacity = ({ blocks }: Layout) =>
	blocks.reduce((sum, { rows }) => sum + rows.reduce((n, { seats }) => n + seats.length, 0), 0);

/**
 * The tightest layout with exactly `seats` seats. `draw` gives a layout for a breadth in plan
 * units; wider holds more. It is drawn a little too large, and the seats too many come off the ends
 * of rows here and there, as pillars, camera positions and wheelchair places take them.
 */
export function fit(seats: number, seed: number, draw: (breadth: number) => Layout): Layout {
	const places = Math.ceil(seats * (1 + LOST));
	let low = 0;
	let high = 256;
	while (capacity(draw(high)) < places) {
		low = high;
		high *= 2;
	}
	while (high - low > 0.5) {
		const middle = (low + high) / 2;
		if (capacity(draw(middle)) < places) low = middle;
		else high = middle;
	}
	return trim(draw(high), seats, seed);
}

function trim(layout: Layout, seats: number, seed: number): Layout {
	const random = seededRandom(seed);
	const rows = layout.blocks.flatMap((block) => block.rows);
	let surplus = capacity(layout) - seats;
	while (surplus > 0) {
		// Each pass takes at most one seat from a row, so that no row stands out.
		const long = rows.filter((row) => row.seats.length > SHORTEST_ROW);
		if (long.length === 0) throw new Error(`A venue cannot have as few as ${seats} seats`);
		for (const row of shuffle(long, random).slice(0, surplus)) {
			if (random() < 0.5) row.seats.pop();
			else row.seats.shift();
			surplus--;
		}
	}
	return layout;
}
