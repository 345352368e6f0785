import type { SeatGrid } from './seat-grid.ts';

/** Seats further to the side than this, against how far ahead, are not ahead. */
const WIDEST = 1.5;
/** How much a step to the side counts against one ahead. */
const ASIDE = 2;

/**
 * The seat that is next to `from` in a direction (one of dx, dy is 1 or -1, the other 0), or -1
 * when there is none.
 */
export function nextSeat({ positions }: SeatGrid, from: number, dx: number, dy: number): number {
	const [x, y] = [positions[2 * from] ?? 0, positions[2 * from + 1] ?? 0];
	let best = -1;
	let bestCost = Infinity;
	for (let seat = 0; 2 * seat < positions.length; seat++) {
		const [right, down] = [(positions[2 * seat] ?? 0) - x, (positions[2 * seat + 1] ?? 0) - y];
		const ahead = right * dx + down * dy;
		const aside = Math.abs(right * dy) + Math.abs(down * dx);
		if (seat === from || ahead <= 0 || aside > ahead * WIDEST) continue;
		const cost = ahead + aside * ASIDE;
		if (cost >= bestCost) continue;
		best = seat;
		bestCost = cost;
	}
	return best;
}

/** The seat nearest to a point of the plan, or -1 of none. */
export function nearestSeat({ positions }: SeatGrid, x: number, y: number): number {
	let best = -1;
	let bestDistance = Infinity;
	for (let seat = 0; 2 * seat < positions.length; seat++) {
		const distance = Math.hypot((positions[2 * seat] ?? 0) - x, (positions[2 * seat + 1] ?? 0) - y);
		if (distance >= bestDistance) continue;
		best = seat;
		bestDistance = distance;
	}
	return best;
}
