import { seatAt } from './seat-grid.ts';
import type { SeatGrid } from './seat-grid.ts';
import { toPlan } from './viewport.ts';
import type { Viewport } from './viewport.ts';

/** A seat and where it is on the map, in CSS pixels. */
export interface MapSeat {
	seat: number;
	x: number;
	y: number;
	radius: number;
}

/** A pointer this close to a small seat still means it, in CSS pixels. */
const REACH = 7;

/** The seat that a point of the map means, if any. */
export function seatUnder(
	grid: SeatGrid,
	viewport: Viewport,
	point: { x: number; y: number }
): MapSeat | null {
	const at = toPlan(viewport, point);
	const seat = seatAt(grid, at.x, at.y, Math.max(grid.radius * 1.2, REACH / viewport.scale));
	return seat < 0 ? null : placeSeat(grid, viewport, seat);
}

/** Where a seat is on the map. */
export const placeSeat = (grid: SeatGrid, { scale, x, y }: Viewport, seat: number): MapSeat => ({
	seat,
	x: (grid.positions[2 * seat] ?? 0) * scale + x,
	y: (grid.positions[2 * seat + 1] ?? 0) * scale + y,
	radius: grid.radius * scale
});
