import type { Palette } from './palette.ts';
import { AVAILABLE } from './picture.ts';
import { seatsIn } from './seat-grid.ts';
import type { MapLabel, VenueModel } from './venue-model.ts';
import { visibleBox } from './viewport.ts';
import type { Size, Viewport } from './viewport.ts';

/** What lies over the seats: names, and the signs that lead to one of them. */
export interface Marks {
	model: VenueModel;
	signs: Uint8Array;
	viewport: Viewport;
	view: Size;
	palette: Palette;
	/** Seats that somebody should look at. */
	stuck: ReadonlySet<number>;
	/** The seat that was looked for. */
	found: number | null;
	/** The seat that the keyboard is at. */
	cursor: number | null;
}

/** Radii in CSS pixels: sections are named below the first, rows and seats from the others on. */
const SECTION_NAMES_BELOW = 6;
const ROW_NAMES_FROM = 5;
const SEAT_NAMES_FROM = 11;
const HALO = 3;
/** A sign is at least this far from its seat's middle, so that it is seen from afar. */
const LEAST_REACH = 6;

type Context = CanvasRenderingContext2D;

export function paintMarks(context: Context, marks: Marks): void {
	const { model, viewport, view, palette } = marks;
	context.clearRect(0, 0, view.width, view.height);
	const radius = model.grid.radius * viewport.scale;
	if (radius >= SEAT_NAMES_FROM) paintSeatNames(context, marks, radius);
	if (radius >= ROW_NAMES_FROM) paintLabels(context, marks, model.rowLabels, 10, palette.ink3, 500);
	if (radius < SECTION_NAMES_BELOW)
		paintLabels(context, marks, model.sectionLabels, 12, palette.ink, 600);
	paintStuck(context, marks, radius);
	if (marks.found !== null) paintFound(context, marks, marks.found, radius);
	if (marks.cursor !== null) paintCursor(context, marks, marks.cursor, radius);
}

/** Seat numbers, inside rings that are empty. */
function paintSeatNames(context: Context, marks: Marks, radius: number): void {
	const { model, signs, viewport, view, palette } = marks;
	context.font = `500 ${Math.min(radius * 0.8, 14)}px Geist, system-ui, sans-serif`;
	context.textAlign = 'center';
	context.textBaseline = 'middle';
	context.fillStyle = palette.ink3;
	for (const seats of seatsIn(model.grid, visibleBox(viewport, view)))
		for (const seat of seats) {
			if (signs[seat] !== AVAILABLE) continue;
			const { x, y } = placeOf(marks, seat);
			context.fillText(model.seats[seat]?.[3] ?? '', x, y + 0.5);
		}
}

function paintLabels(
	context: Context,
	{ viewport, view, palette }: Marks,
	labels: readonly MapLabel[],
	size: number,
	color: string,
	weight: number
): void {
	context.font = `${weight} ${size}px Geist, system-ui, sans-serif`;
	context.textAlign = 'center';
	context.textBaseline = 'middle';
	context.lineJoin = 'round';
	context.lineWidth = HALO;
	context.strokeStyle = palette.surface;
	context.fillStyle = color;
	for (const { text, x: planX, y: planY } of labels) {
		const x = planX * viewport.scale + viewport.x;
		const y = planY * viewport.scale + viewport.y;
		if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
		context.strokeText(text, x, y);
		context.fillText(text, x, y);
	}
}

/** A diamond about each, all in one path: in an outage there may be thousands. */
function paintStuck(context: Context, marks: Marks, radius: number): void {
	const { stuck, view, palette } = marks;
	const reach = Math.max(radius * 1.7, LEAST_REACH);
	context.beginPath();
	for (const seat of stuck) {
		const { x, y } = placeOf(marks, seat);
		if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) continue;
		context.moveTo(x, y - reach);
		context.lineTo(x + reach, y);
		context.lineTo(x, y + reach);
		context.lineTo(x - reach, y);
		context.closePath();
	}
	context.lineJoin = 'miter';
	outline(context, palette.surface, palette.overdue);
}

/** A ring with cross hairs, which is found on a map of any size. */
function paintFound(context: Context, marks: Marks, seat: number, radius: number): void {
	const { x, y } = placeOf(marks, seat);
	const reach = Math.max(radius * 1.5, LEAST_REACH) + 4;
	const hair = reach + 10;
	context.beginPath();
	context.arc(x, y, reach, 0, 2 * Math.PI);
	for (const [dx, dy] of [
		[1, 0],
		[-1, 0],
		[0, 1],
		[0, -1]
	] as const) {
		context.moveTo(x + dx * reach, y + dy * reach);
		context.lineTo(x + dx * hair, y + dy * hair);
	}
	outline(context, marks.palette.surface, marks.palette.ink);
}

function paintCursor(context: Context, marks: Marks, seat: number, radius: number): void {
	const { x, y } = placeOf(marks, seat);
	const reach = Math.max(radius * 1.3, LEAST_REACH) + 1;
	context.beginPath();
	context.roundRect(x - reach, y - reach, 2 * reach, 2 * reach, 3);
	outline(context, marks.palette.surface, marks.palette.accent);
}

/** A line that is seen on any seat, whatever its colour. */
function outline(context: Context, halo: string, color: string): void {
	context.strokeStyle = halo;
	context.lineWidth = 4.5;
	context.stroke();
	context.strokeStyle = color;
	context.lineWidth = 2;
	context.stroke();
}

const placeOf = ({ model, viewport }: Marks, seat: number) => ({
	x: (model.grid.positions[2 * seat] ?? 0) * viewport.scale + viewport.x,
	y: (model.grid.positions[2 * seat + 1] ?? 0) * viewport.scale + viewport.y
});
