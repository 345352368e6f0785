import type { Palette } from '../seat-map/palette.ts';

/** How every chart looks. Nothing here loads chart.js, so that pages can plan charts without it. */

export const FONT = { family: 'Geist, system-ui, sans-serif', size: 11 };

/** An axis with quiet lines, in the tokens' colours. */
export const axis = ({ line, ink3 }: Palette) => ({
	border: { display: false },
	grid: { color: withAlpha(line, 0.45), drawTicks: false },
	ticks: { color: ink3, font: FONT, maxRotation: 0, minRotation: 0, padding: 8 }
});

export const tooltip = ({ surface, line, ink }: Palette) => ({
	backgroundColor: surface,
	borderColor: line,
	borderWidth: 1,
	titleColor: ink,
	bodyColor: ink,
	titleFont: { ...FONT, weight: 600 as const },
	bodyFont: FONT,
	padding: 8,
	boxWidth: 8,
	boxHeight: 8,
	caretSize: 0
});

/** `rgb(…)` or `color(…)` as a style computes it, made translucent. */
export const withAlpha = (color: string, alpha: number): string =>
	`color-mix(in srgb, ${color} ${Math.round(alpha * 100)}%, transparent)`;

/** Stripes, so that areas are told apart without colour. */
export function stripes(color: string, ground: string): CanvasPattern | string {
	const tile = document.createElement('canvas');
	tile.width = tile.height = 8;
	const context = tile.getContext('2d');
	if (!context) return color;
	context.fillStyle = ground;
	context.fillRect(0, 0, 8, 8);
	context.strokeStyle = color;
	context.lineWidth = 2.5;
	for (const offset of [-8, 0, 8]) {
		context.beginPath();
		context.moveTo(offset - 1, 9);
		context.lineTo(offset + 9, -1);
		context.stroke();
	}
	return context.createPattern(tile, 'repeat') ?? color;
}
