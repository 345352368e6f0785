import type { Chart, Plugin } from 'chart.js';
import type { Palette } from '../seat-map/palette.ts';
import type { TimeCursor } from './time-cursor.svelte.ts';

/** Draws a line where the reader points, and a marked one at the moment that the page shows. */
export const timeLines = (cursor: TimeCursor, palette: Palette): Plugin<'line'> => ({
	id: 'time-lines',
	afterDatasetsDraw(chart) {
		const { at, past } = cursor;
		if (past !== null) drawLine(chart, past, palette.accent, { width: 2, cap: true });
		if (at !== null) drawLine(chart, at, palette.ink3, { width: 1, cap: false });
	}
});

function drawLine(
	{ ctx, chartArea, scales }: Chart,
	at: number,
	color: string,
	{ width, cap }: { width: number; cap: boolean }
): void {
	const x = scales['x']?.getPixelForValue(at);
	if (x === undefined || x < chartArea.left || x > chartArea.right) return;
	ctx.save();
	ctx.strokeStyle = ctx.fillStyle = color;
	ctx.lineWidth = width;
	ctx.beginPath();
	ctx.moveTo(x, chartArea.top);
	ctx.lineTo(x, chartArea.bottom);
	ctx.stroke();
	if (cap) {
		ctx.beginPath();
		ctx.moveTo(x - 5, chartArea.top);
		ctx.lineTo(x + 5, chartArea.top);
		ctx.lineTo(x, chartArea.top + 6);
		ctx.fill();
	}
	ctx.restore();
}

/**
 * Draws the marks as they move, lets the pointer move the cursor and a press choose a moment. chart.js's own events are
 * off: finding the nearest point of every series on each move is what makes them slow.
 *
 * @returns stops it
 */
export function followTime(
	chart: Chart,
	cursor: TimeCursor,
	onpick?: (at: number) => void
): () => void {
	const { canvas } = chart;
	let frame = 0;
	const unsubscribe = cursor.subscribe(() => {
		frame ||= requestAnimationFrame(() => {
			frame = 0;
			chart.draw();
		});
	});
	const momentOf = (event: PointerEvent): number | null => {
		const { left, right } = chart.chartArea;
		const x = event.clientX - canvas.getBoundingClientRect().left;
		if (x < left || x > right) return null;
		return chart.scales['x']?.getValueForPixel(x) ?? null;
	};
	const move = (event: PointerEvent) => (cursor.at = momentOf(event));
	const leave = () => (cursor.at = null);
	const pick = (event: PointerEvent) => {
		const at = momentOf(event);
		if (at !== null && event.button === 0) onpick?.(at);
	};
	canvas.addEventListener('pointermove', move);
	canvas.addEventListener('pointerleave', leave);
	canvas.addEventListener('pointerup', pick);
	return () => {
		cancelAnimationFrame(frame);
		unsubscribe();
		canvas.removeEventListener('pointermove', move);
		canvas.removeEventListener('pointerleave', leave);
		canvas.removeEventListener('pointerup', pick);
	};
}
