import type { VenueArea } from '$shared/venue.ts';
import type { Palette } from './palette.ts';
import type { AreaText, VenueModel } from './venue-model.ts';
import type { Viewport } from './viewport.ts';

const STRENGTH = 0.16;
/** CSS pixels: legible from afar, and no banner close up. */
const MIN_TEXT = 10;
const MAX_TEXT = 18;
const HALO = 3;

/**
 * Draws the plan's shapes. They keep their hue but recede, and their words take the theme's ink:
 * a plan is drawn for white paper.
 */
export function paintAreas(
	context: CanvasRenderingContext2D,
	{ areas, texts }: VenueModel,
	{ scale, x, y }: Viewport,
	palette: Palette
): void {
	for (const area of areas) {
		context.save();
		// Everything is at absolute positions, and turned about the area's own.
		context.translate(area.x * scale + x, area.y * scale + y);
		context.rotate((area.rotation * Math.PI) / 180);
		context.translate(-area.x * scale, -area.y * scale);
		paintShape(context, area, scale, palette);
		context.restore();
	}
	for (const text of texts) paintText(context, text, { scale, x, y }, palette);
}

function paintShape(
	context: CanvasRenderingContext2D,
	area: VenueArea,
	scale: number,
	palette: Palette
): void {
	if (area.shape === 'text') return;
	trace(context, area, scale);
	context.globalAlpha = STRENGTH;
	context.fillStyle = area.color;
	context.fill();
	context.globalAlpha = 1;
	context.strokeStyle = palette.line;
	context.lineWidth = 1;
	context.stroke();
}

function paintText(
	context: CanvasRenderingContext2D,
	{ value, size, ...at }: AreaText,
	{ scale, x, y }: Viewport,
	palette: Palette
): void {
	context.font = `500 ${Math.min(Math.max(size * scale, MIN_TEXT), MAX_TEXT)}px Geist, system-ui, sans-serif`;
	context.textAlign = 'center';
	context.textBaseline = 'middle';
	context.lineJoin = 'round';
	context.lineWidth = HALO;
	context.strokeStyle = palette.surface;
	context.strokeText(value, at.x * scale + x, at.y * scale + y);
	context.fillStyle = palette.ink3;
	context.fillText(value, at.x * scale + x, at.y * scale + y);
}

function trace(
	context: CanvasRenderingContext2D,
	area: Exclude<VenueArea, { shape: 'text' }>,
	scale: number
): void {
	const [x, y] = [area.x * scale, area.y * scale];
	context.beginPath();
	switch (area.shape) {
		case 'polygon':
			for (const point of area.points) context.lineTo(point.x * scale, point.y * scale);
			context.closePath();
			break;
		case 'rectangle':
			context.rect(x, y, area.width * scale, area.height * scale);
			break;
		case 'ellipse':
			context.ellipse(x, y, area.rx * scale, area.ry * scale, 0, 0, 2 * Math.PI);
			break;
		case 'circle':
			context.arc(x, y, area.radius * scale, 0, 2 * Math.PI);
			break;
	}
}
