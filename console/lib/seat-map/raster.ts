import { seatsIn } from './seat-grid.ts';
import type { SeatGrid } from './seat-grid.ts';
import { visibleBox } from './viewport.ts';
import type { Box, Size, Viewport } from './viewport.ts';

/**
 * Seats as pixels. Each look of a seat is a stamp, and all stamps cover the same pixels, see-through
 * ones included: so a seat that changes is stamped over, and nothing about it need be drawn again.
 * Since stamps hardly overlap, drawing costs what the pixels in view cost, however many seats there
 * are.
 */
export interface Stamps {
	/** Columns and rows from the seat's middle, one of each a pixel. */
	dx: Int16Array;
	dy: Int16Array;
	/** The pixels' colours, in the raster's byte order, by look. */
	colors: readonly Uint32Array[];
}

export interface Raster {
	width: number;
	height: number;
	/** RGBA, row by row. */
	pixels: Uint32Array;
}

/** How the plan lies on the raster. */
export interface Placing {
	viewport: Viewport;
	/** Raster pixels a CSS pixel. */
	ratio: number;
}

/** Clears the raster and stamps every seat in view. */
export function stampAll(
	raster: Raster,
	stamps: Stamps,
	grid: SeatGrid,
	looks: Uint8Array,
	{ viewport, ratio }: Placing
): void {
	raster.pixels.fill(0);
	const view: Size = { width: raster.width / ratio, height: raster.height / ratio };
	const stamp = stamper(raster, stamps, grid, { viewport, ratio });
	for (const seats of seatsIn(grid, visibleBox(viewport, view)))
		for (const seat of seats) stamp(seat, looks[seat] ?? 0);
}

/** Stamps `seats` over what was there. @returns the box of the pixels that changed, if any did */
export function stampSome(
	raster: Raster,
	stamps: Stamps,
	grid: SeatGrid,
	looks: Uint8Array,
	placing: Placing,
	seats: readonly number[]
): Box | null {
	const stamp = stamper(raster, stamps, grid, placing);
	const reach = stamps.dx.reduce((most, dx) => Math.max(most, Math.abs(dx)), 0) + 1;
	const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
	for (const seat of seats) {
		stamp(seat, looks[seat] ?? 0);
		const { x, y } = pixelOf(grid, seat, placing);
		box.left = Math.min(box.left, x - reach);
		box.top = Math.min(box.top, y - reach);
		box.right = Math.max(box.right, x + reach);
		box.bottom = Math.max(box.bottom, y + reach);
	}
	const clipped = {
		left: Math.max(box.left, 0),
		top: Math.max(box.top, 0),
		right: Math.min(box.right, raster.width),
		bottom: Math.min(box.bottom, raster.height)
	};
	return clipped.left < clipped.right && clipped.top < clipped.bottom ? clipped : null;
}

/** Whole pixels, and the offset rounded by itself: seats keep their distances during a pan. */
function pixelOf({ positions }: SeatGrid, seat: number, { viewport, ratio }: Placing) {
	const scale = viewport.scale * ratio;
	return {
		x: Math.round((positions[2 * seat] ?? 0) * scale) + Math.round(viewport.x * ratio),
		y: Math.round((positions[2 * seat + 1] ?? 0) * scale) + Math.round(viewport.y * ratio)
	};
}

function stamper(
	{ width, height, pixels }: Raster,
	{ dx, dy, colors }: Stamps,
	{ positions }: SeatGrid,
	{ viewport, ratio }: Placing
): (seat: number, look: number) => void {
	const scale = viewport.scale * ratio;
	const [left, top] = [Math.round(viewport.x * ratio), Math.round(viewport.y * ratio)];
	const spots = dx.length;
	const offsets = new Int32Array(spots);
	let reach = 0;
	for (let spot = 0; spot < spots; spot++) {
		const [column, row] = [dx[spot] ?? 0, dy[spot] ?? 0];
		offsets[spot] = row * width + column;
		reach = Math.max(reach, Math.abs(column), Math.abs(row));
	}
	return (seat, look) => {
		const x = Math.round((positions[2 * seat] ?? 0) * scale) + left;
		const y = Math.round((positions[2 * seat + 1] ?? 0) * scale) + top;
		const color = colors[look];
		if (!color || x + reach < 0 || y + reach < 0 || x - reach >= width || y - reach >= height)
			return;
		const at = y * width + x;
		if (x >= reach && y >= reach && x + reach < width && y + reach < height) {
			for (let spot = 0; spot < spots; spot++) pixels[at + (offsets[spot] ?? 0)] = color[spot] ?? 0;
			return;
		}
		for (let spot = 0; spot < spots; spot++) {
			const [column, row] = [x + (dx[spot] ?? 0), y + (dy[spot] ?? 0)];
			if (column >= 0 && column < width && row >= 0 && row < height)
				pixels[row * width + column] = color[spot] ?? 0;
		}
	};
}
