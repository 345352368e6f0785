import type { Palette } from './palette.ts';
import { AVAILABLE, HELD, OVERDUE, SOLD } from './picture.ts';

/**
 * The sign of each seat status, told apart by shape as well as by colour: a ring is available, a
 * thick ring with a core is held, a disc with a cross is sold, a ring with a slash is a lapsed
 * hold. Below a few pixels only weight and colour are left.
 */

/** From this radius on, in device pixels, a glyph has its inner signs. */
const DETAILED = 4;
const PADDING = 1;

export type Glyphs = readonly HTMLCanvasElement[];

type Context = CanvasRenderingContext2D;

/** One small canvas a status, `radius` in device pixels. */
export function drawGlyphs(radius: number, palette: Palette): Glyphs {
	const side = Math.ceil(radius + PADDING) * 2;
	return [AVAILABLE, HELD, SOLD, OVERDUE].map((code) => {
		const canvas = document.createElement('canvas');
		canvas.width = side;
		canvas.height = side;
		const context = canvas.getContext('2d');
		if (context) {
			context.translate(side / 2, side / 2);
			drawGlyph(context, code, radius, palette);
		}
		return canvas;
	});
}

/** Draws the sign of `code` about the origin. */
export function drawGlyph(context: Context, code: number, radius: number, palette: Palette): void {
	const detailed = radius >= DETAILED;
	context.lineCap = 'round';
	if (code === SOLD) {
		disc(context, radius, palette.sold);
		if (detailed) cross(context, radius * 0.36, Math.max(radius * 0.17, 1), palette.surface);
	} else if (code === HELD) {
		const width = radius * 0.42;
		ring(context, radius - width / 2, width, palette.held);
		if (detailed) disc(context, radius * 0.26, palette.held);
	} else {
		const width = Math.max(radius * 0.16, 1);
		ring(
			context,
			radius - width / 2,
			width,
			code === OVERDUE ? palette.overdue : palette.available
		);
		if (code === OVERDUE && detailed)
			slash(context, radius * 0.5, Math.max(radius * 0.18, 1), palette.overdue);
	}
}

function disc(context: Context, radius: number, color: string): void {
	context.fillStyle = color;
	context.beginPath();
	context.arc(0, 0, radius, 0, 2 * Math.PI);
	context.fill();
}

function ring(context: Context, radius: number, width: number, color: string): void {
	context.strokeStyle = color;
	context.lineWidth = width;
	context.beginPath();
	context.arc(0, 0, radius, 0, 2 * Math.PI);
	context.stroke();
}

function slash(context: Context, reach: number, width: number, color: string): void {
	context.strokeStyle = color;
	context.lineWidth = width;
	context.beginPath();
	context.moveTo(-reach, reach);
	context.lineTo(reach, -reach);
	context.stroke();
}

function cross(context: Context, reach: number, width: number, color: string): void {
	slash(context, reach, width, color);
	context.beginPath();
	context.moveTo(-reach, -reach);
	context.lineTo(reach, reach);
	context.stroke();
}
