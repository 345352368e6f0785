import { colorOf } from './glyphs.ts';
import type { Palette } from './palette.ts';
import type { SeatGrid } from './seat-grid.ts';
import type { Viewport } from './viewport.ts';

/** A seat whose status just became another. */
export interface Ping {
	seat: number;
	startedAt: number;
}

interface PingScene {
	grid: SeatGrid;
	signs: Uint8Array;
	viewport: Viewport;
	palette: Palette;
	now: number;
}

const LIFE_MS = 900;
/** CSS pixels that a ping's ring grows by. */
const GROWTH = 9;

/** Draws a widening ring about each seat that just changed. @returns the pings still alive */
export function paintPings(
	context: CanvasRenderingContext2D,
	pings: readonly Ping[],
	{ grid, signs, viewport, palette, now }: PingScene
): Ping[] {
	const alive = pings.filter(({ startedAt }) => now - startedAt < LIFE_MS);
	context.lineWidth = 1.5;
	for (const { seat, startedAt } of alive) {
		const age = (now - startedAt) / LIFE_MS;
		context.globalAlpha = (1 - age) * 0.9;
		context.strokeStyle = colorOf(signs[seat] ?? 0, palette);
		context.beginPath();
		context.arc(
			(grid.positions[2 * seat] ?? 0) * viewport.scale + viewport.x,
			(grid.positions[2 * seat + 1] ?? 0) * viewport.scale + viewport.y,
			grid.radius * viewport.scale + 1 + GROWTH * (1 - (1 - age) ** 2),
			0,
			2 * Math.PI
		);
		context.stroke();
	}
	context.globalAlpha = 1;
	return alive;
}
