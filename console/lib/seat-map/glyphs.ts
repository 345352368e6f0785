import type { Palette } from './palette.ts';
import { AVAILABLE, HELD, OVERDUE, SOLD } from './picture.ts';
import type { Stamps } from './raster.ts';
import { EXPIRING, SIGNS } from './signs.ts';

/**
 * The sign of each seat, told apart by shape as well as by colour: a ring is available, a thick
 * ring with a core is held, a ring with a quarter left is about to lapse, a disc with a cross is
 * sold, a ring with a slash is a lapsed hold. Below a few pixels only weight and colour are left.
 */

/** From this radius on, in device pixels, a glyph has its inner signs. */
const DETAILED = 4;
/** Below this one it is a plain square. */
const SQUARE_BELOW = 1.7;
const PADDING = 1;
/** A square has no middle to leave empty: one that is available is this much fainter instead. */
const FAINT = 0.5;
/** How much is left of a seat that a filter leaves out. */
const DIMMED = 0.16;

/** A seat's look is its sign, with this bit where a filter leaves it out. */
export const DIM = 8;

type Context = CanvasRenderingContext2D;

/** The stamps of all looks, for seats of `radius` device pixels. */
export function makeStamps(radius: number, palette: Palette): Stamps {
	const side =
		radius < SQUARE_BELOW
			? Math.max(Math.round(radius * 2), 1)
			: Math.ceil(radius + PADDING) * 2 + 1;
	const images = SIGNS.map((_, sign) => drawSign(sign, radius, side, palette));
	const covered: number[] = [];
	for (let at = 0; at < side * side; at++)
		if (images.some((image) => (image[4 * at + 3] ?? 0) > 0)) covered.push(at);
	const half = Math.floor(side / 2);
	const colors: Uint32Array[] = [];
	images.forEach((image, sign) => {
		const whole = new Uint32Array(image.buffer);
		colors[sign] = Uint32Array.from(covered, (at) => whole[at] ?? 0);
		for (let alpha = 3; alpha < image.length; alpha += 4)
			image[alpha] = (image[alpha] ?? 0) * DIMMED;
		colors[sign + DIM] = Uint32Array.from(covered, (at) => whole[at] ?? 0);
	});
	return {
		dx: Int16Array.from(covered, (at) => (at % side) - half),
		dy: Int16Array.from(covered, (at) => Math.floor(at / side) - half),
		colors
	};
}

function drawSign(
	sign: number,
	radius: number,
	side: number,
	palette: Palette
): Uint8ClampedArray<ArrayBuffer> {
	const canvas = document.createElement('canvas');
	canvas.width = side;
	canvas.height = side;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (!context) throw new Error('The browser gives no canvas to draw seats on');
	if (radius < SQUARE_BELOW) {
		context.fillStyle = colorOf(sign, palette);
		if (sign === AVAILABLE) context.globalAlpha = FAINT;
		context.fillRect(0, 0, side, side);
	} else {
		context.translate(side / 2, side / 2);
		drawGlyph(context, sign, radius, palette);
	}
	return context.getImageData(0, 0, side, side).data;
}

/** The colour of a sign. */
export const colorOf = (sign: number, palette: Palette): string =>
	[palette.available, palette.held, palette.sold, palette.overdue, palette.expiring][sign] ??
	palette.available;

function drawGlyph(context: Context, sign: number, radius: number, palette: Palette): void {
	const detailed = radius >= DETAILED;
	const color = colorOf(sign, palette);
	context.lineCap = 'round';
	switch (sign) {
		case SOLD:
			disc(context, radius, color);
			if (detailed) cross(context, radius * 0.36, Math.max(radius * 0.17, 1), palette.surface);
			break;
		case HELD:
			ring(context, radius, radius * 0.42, color);
			if (detailed) disc(context, radius * 0.26, color);
			break;
		case EXPIRING:
			ring(context, radius, Math.max(radius * 0.24, 1), color);
			quarter(context, radius * 0.85, color);
			break;
		default:
			ring(context, radius, Math.max(radius * 0.16, 1), color);
			if (sign === OVERDUE && detailed)
				slash(context, radius * 0.5, Math.max(radius * 0.18, 1), color);
	}
}

function disc(context: Context, radius: number, color: string): void {
	context.fillStyle = color;
	context.beginPath();
	context.arc(0, 0, radius, 0, 2 * Math.PI);
	context.fill();
}

/** What is left on a clock's face. */
function quarter(context: Context, radius: number, color: string): void {
	context.fillStyle = color;
	context.beginPath();
	context.moveTo(0, 0);
	context.arc(0, 0, radius, -Math.PI / 2, 0);
	context.closePath();
	context.fill();
}

function ring(context: Context, radius: number, width: number, color: string): void {
	context.strokeStyle = color;
	context.lineWidth = width;
	context.beginPath();
	context.arc(0, 0, radius - width / 2, 0, 2 * Math.PI);
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
