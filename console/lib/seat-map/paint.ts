import type { Glyphs } from './glyphs.ts';
import { paintAreas } from './paint-areas.ts';
import type { Palette } from './palette.ts';
import { AVAILABLE, HELD, OVERDUE, SOLD } from './picture.ts';
import type { MapLabel, VenueModel } from './venue-model.ts';
import { visibleBox } from './viewport.ts';
import type { Size, Viewport } from './viewport.ts';

export interface Scene {
	model: VenueModel;
	codes: Uint8Array;
	viewport: Viewport;
	view: Size;
	/** Device pixels a CSS pixel. */
	ratio: number;
	palette: Palette;
	glyphs: Glyphs;
	/** The one status to stand out, if any. */
	highlight: number | null;
}

/** Below this radius, in CSS pixels, a seat is a plain square. */
const SQUARE_BELOW = 1.6;
/** Between these radii sections are named; from the second on, rows and seats are. */
const SECTION_NAMES_BELOW = 6;
const ROW_NAMES_FROM = 5;
const SEAT_NAMES_FROM = 11;
const DIMMED = 0.16;
const HALO = 3;

type Context = CanvasRenderingContext2D;

/** Draws the whole map, seats in batches of one status. */
export function paint(context: Context, scene: Scene): void {
	const { model, viewport, view, ratio, palette } = scene;
	context.setTransform(ratio, 0, 0, ratio, 0, 0);
	context.clearRect(0, 0, view.width, view.height);
	paintAreas(context, model, viewport, palette);
	const radius = model.grid.radius * viewport.scale;
	for (const batch of visibleSeats(scene)) paintBatch(context, scene, batch, radius);
	context.globalAlpha = 1;
	if (radius >= SEAT_NAMES_FROM) paintSeatNames(context, scene, radius);
	if (radius >= ROW_NAMES_FROM) paintLabels(context, scene, model.rowLabels, 10, palette.ink3);
	if (radius < SECTION_NAMES_BELOW)
		paintLabels(context, scene, model.sectionLabels, 12, palette.ink, 600);
}

interface Batch {
	code: number;
	seats: number[];
}

/** What is in view, by status; the quiet ones first, so that the others lie on top. */
function visibleSeats({ model, codes, viewport, view }: Scene): Batch[] {
	const { positions, radius } = model.grid;
	const box = visibleBox(viewport, view);
	const batches = [AVAILABLE, OVERDUE, SOLD, HELD].map((code): Batch => ({ code, seats: [] }));
	const byCode = new Map(batches.map(({ code, seats }) => [code, seats]));
	for (let seat = 0; seat < codes.length; seat++) {
		const x = positions[2 * seat] ?? 0;
		const y = positions[2 * seat + 1] ?? 0;
		if (x < box.left - radius || x > box.right + radius) continue;
		if (y < box.top - radius || y > box.bottom + radius) continue;
		byCode.get(codes[seat] ?? AVAILABLE)?.push(seat);
	}
	return batches;
}

function paintBatch(context: Context, scene: Scene, { code, seats }: Batch, radius: number): void {
	const { model, viewport, ratio, palette, glyphs, highlight } = scene;
	const { positions } = model.grid;
	context.globalAlpha = highlight === null || highlight === code ? 1 : DIMMED;
	if (radius < SQUARE_BELOW) {
		const side = Math.max(radius * 2, 1 / ratio);
		context.fillStyle =
			[palette.available, palette.held, palette.sold, palette.overdue][code] ?? '';
		for (const seat of seats)
			context.fillRect(
				(positions[2 * seat] ?? 0) * viewport.scale + viewport.x - side / 2,
				(positions[2 * seat + 1] ?? 0) * viewport.scale + viewport.y - side / 2,
				side,
				side
			);
		return;
	}
	const glyph = glyphs[code];
	if (!glyph) return;
	// In device pixels, on whole ones: a glyph is drawn once and must not be blurred afterwards.
	context.save();
	context.setTransform(1, 0, 0, 1, 0, 0);
	const half = glyph.width / 2;
	for (const seat of seats)
		context.drawImage(
			glyph,
			Math.round(((positions[2 * seat] ?? 0) * viewport.scale + viewport.x) * ratio - half),
			Math.round(((positions[2 * seat + 1] ?? 0) * viewport.scale + viewport.y) * ratio - half)
		);
	context.restore();
}

/** Seat numbers, inside rings that are empty. */
function paintSeatNames(context: Context, scene: Scene, radius: number): void {
	const { model, codes, viewport, view, palette } = scene;
	const { positions } = model.grid;
	context.font = `500 ${Math.min(radius * 0.8, 14)}px Geist, system-ui, sans-serif`;
	context.textAlign = 'center';
	context.textBaseline = 'middle';
	context.fillStyle = palette.ink3;
	model.seats.forEach(([, , , number], seat) => {
		if (codes[seat] !== AVAILABLE) return;
		const x = (positions[2 * seat] ?? 0) * viewport.scale + viewport.x;
		const y = (positions[2 * seat + 1] ?? 0) * viewport.scale + viewport.y;
		if (x < 0 || y < 0 || x > view.width || y > view.height) return;
		context.fillText(number, x, y + 0.5);
	});
}

function paintLabels(
	context: Context,
	{ viewport, view, palette }: Scene,
	labels: readonly MapLabel[],
	size: number,
	color: string,
	weight = 500
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
