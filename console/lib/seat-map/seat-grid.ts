import type { Box } from './viewport.ts';

/** A uniform grid over seat positions, for finding the seat under the pointer. */
export interface SeatGrid {
	/** x, y of each seat, in plan units. */
	positions: Float32Array;
	bounds: Box;
	/** Radius at which neighbouring seats do not touch. */
	radius: number;
	cell: number;
	columns: number;
	rows: number;
	/** Seats sorted by cell; `starts[c]` is where cell c begins. */
	order: Uint32Array;
	starts: Uint32Array;
}

/** Share of the distance between neighbours that a seat's diameter takes. */
const FILL = 0.78;
const SEATS_PER_CELL = 4;

export function buildGrid(positions: Float32Array): SeatGrid {
	const seats = positions.length / 2;
	const bounds = boundsOf(positions);
	const width = Math.max(bounds.right - bounds.left, 1);
	const height = Math.max(bounds.bottom - bounds.top, 1);
	const cell = Math.max(Math.sqrt((width * height * SEATS_PER_CELL) / Math.max(seats, 1)), 1e-3);
	const columns = Math.floor(width / cell) + 1;
	const rows = Math.floor(height / cell) + 1;

	const cells = new Uint32Array(seats);
	const starts = new Uint32Array(columns * rows + 1);
	for (let seat = 0; seat < seats; seat++) {
		const column = Math.floor((at(positions, 2 * seat) - bounds.left) / cell);
		const row = Math.floor((at(positions, 2 * seat + 1) - bounds.top) / cell);
		const index = row * columns + column;
		cells[seat] = index;
		starts[index + 1] = at(starts, index + 1) + 1;
	}
	for (let index = 1; index < starts.length; index++)
		starts[index] = at(starts, index) + at(starts, index - 1);

	const order = new Uint32Array(seats);
	const next = starts.slice();
	for (let seat = 0; seat < seats; seat++) {
		const index = at(cells, seat);
		order[at(next, index)] = seat;
		next[index] = at(next, index) + 1;
	}

	const grid = { positions, bounds, radius: 0, cell, columns, rows, order, starts };
	grid.radius = (typicalSpacing(grid) / 2) * FILL;
	return grid;
}

/** The seat nearest to (x, y) within `reach`, or -1. `except` is not considered. */
export function seatAt(
	{ positions, bounds, cell, columns, rows, order, starts }: SeatGrid,
	x: number,
	y: number,
	reach: number,
	except = -1
): number {
	let best = -1;
	let bestDistance = reach * reach;
	const fromColumn = Math.max(Math.floor((x - reach - bounds.left) / cell), 0);
	const toColumn = Math.min(Math.floor((x + reach - bounds.left) / cell), columns - 1);
	const fromRow = Math.max(Math.floor((y - reach - bounds.top) / cell), 0);
	const toRow = Math.min(Math.floor((y + reach - bounds.top) / cell), rows - 1);
	for (let row = fromRow; row <= toRow; row++)
		for (let column = fromColumn; column <= toColumn; column++) {
			const index = row * columns + column;
			for (let slot = at(starts, index); slot < at(starts, index + 1); slot++) {
				const seat = at(order, slot);
				const dx = at(positions, 2 * seat) - x;
				const dy = at(positions, 2 * seat + 1) - y;
				const distance = dx * dx + dy * dy;
				if (seat !== except && distance <= bestDistance) {
					best = seat;
					bestDistance = distance;
				}
			}
		}
	return best;
}

/** The seats in and just around `box`, in runs. */
export function* seatsIn(
	{ bounds, cell, columns, rows, order, starts }: SeatGrid,
	box: Box
): Generator<Uint32Array, void> {
	// One cell more on each side: a seat reaches beyond its middle.
	const fromColumn = Math.max(Math.floor((box.left - bounds.left) / cell) - 1, 0);
	const toColumn = Math.min(Math.floor((box.right - bounds.left) / cell) + 1, columns - 1);
	const fromRow = Math.max(Math.floor((box.top - bounds.top) / cell) - 1, 0);
	const toRow = Math.min(Math.floor((box.bottom - bounds.top) / cell) + 1, rows - 1);
	if (fromColumn > toColumn) return;
	// Cells of one row follow one another, so their seats do.
	for (let row = fromRow; row <= toRow; row++) {
		const first = row * columns;
		yield order.subarray(at(starts, first + fromColumn), at(starts, first + toColumn + 1));
	}
}

/** The lower quartile of a sample of nearest-neighbour distances: what seats in a row keep. */
function typicalSpacing(grid: SeatGrid): number {
	const { positions, cell } = grid;
	const seats = positions.length / 2;
	const step = Math.max(Math.floor(seats / 200), 1);
	const distances: number[] = [];
	for (let seat = 0; seat < seats; seat += step) {
		const [x, y] = [at(positions, 2 * seat), at(positions, 2 * seat + 1)];
		const neighbour = seatAt(grid, x, y, cell * 3, seat);
		if (neighbour < 0) continue;
		const [dx, dy] = [at(positions, 2 * neighbour) - x, at(positions, 2 * neighbour + 1) - y];
		const distance = Math.hypot(dx, dy);
		if (distance > 0) distances.push(distance);
	}
	distances.sort((a, b) => a - b);
	return distances[Math.floor(distances.length / 4)] ?? 1;
}

function boundsOf(positions: Float32Array): Box {
	const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
	for (let i = 0; i < positions.length; i += 2) {
		const [x, y] = [at(positions, i), at(positions, i + 1)];
		box.left = Math.min(box.left, x);
		box.right = Math.max(box.right, x);
		box.top = Math.min(box.top, y);
		box.bottom = Math.max(box.bottom, y);
	}
	return positions.length > 0 ? box : { left: 0, top: 0, right: 0, bottom: 0 };
}

/** Reads a typed array within its length, which the type system cannot know. */
const at = (array: Float32Array | Uint32Array, index: number): number => array[index] ?? 0;
