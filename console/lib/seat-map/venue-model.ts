import type { Venue, VenueArea, VenueSeat } from '$shared/venue.ts';
import { buildGrid } from './seat-grid.ts';
import type { SeatGrid } from './seat-grid.ts';
import type { Box } from './viewport.ts';

/** A label of the plan and where it goes, in plan units. */
export interface MapLabel {
	text: string;
	x: number;
	y: number;
}

export interface VenueSection {
	name: string;
	/** Seat indices, in plan order. */
	seats: number[];
	/** Where they are, in plan units. */
	box: Box;
	rows: { name: string; seats: number[] }[];
}

export type AreaText = NonNullable<VenueArea['text']>;

/** A venue made ready for drawing and looking up; built once a revision, never reactive. */
export interface VenueModel {
	seats: readonly VenueSeat[];
	categories: Venue['categories'];
	areas: readonly VenueArea[];
	/** The plan's own words, but for those that name a section that is named by us. */
	texts: readonly AreaText[];
	grid: SeatGrid;
	sections: VenueSection[];
	/** By the index that a seat names its section with. */
	sectionNames: readonly string[];
	/** By seat ID. */
	indexOf: ReadonlyMap<string, number>;
	/** What the fitted view shows: seats and areas. */
	bounds: Box;
	sectionLabels: MapLabel[];
	rowLabels: MapLabel[];
}

export function buildVenueModel({ sections: names, categories, areas, seats }: Venue): VenueModel {
	const positions = new Float32Array(seats.length * 2);
	seats.forEach(([, , , , x, y], seat) => {
		positions[2 * seat] = x;
		positions[2 * seat + 1] = y;
	});
	const grid = buildGrid(positions);
	const sections = groupSeats(names, seats, positions);
	const plansTexts = areas.flatMap(({ text }) => (text ? [text] : []));
	// A plan with as many texts as sections names them itself, where its author found room.
	const sectionLabels =
		plansTexts.length >= sections.length
			? []
			: sections.map(({ name, seats: of }) => ({ text: name, ...middle(positions, of) }));
	const named = new Set(sectionLabels.map(({ text }) => text));
	return {
		seats,
		categories,
		areas,
		grid,
		sections,
		sectionNames: names,
		indexOf: new Map(seats.map(([id], index) => [id, index])),
		bounds: boundsOf(grid, areas),
		texts: plansTexts.filter(({ value }) => !named.has(value)),
		sectionLabels,
		rowLabels: sections.flatMap(({ rows }) =>
			rows.flatMap((row) => rowLabel(positions, row, grid.radius))
		)
	};
}

function groupSeats(
	names: readonly string[],
	seats: readonly VenueSeat[],
	positions: Float32Array
): VenueSection[] {
	const sections = names.map((name) => ({
		name,
		seats: [] as number[],
		byRow: new Map<string, number[]>()
	}));
	seats.forEach(([, sectionIndex, rowName], seat) => {
		const section = sections[sectionIndex];
		if (!section) return;
		section.seats.push(seat);
		const row = section.byRow.get(rowName);
		if (row) row.push(seat);
		else section.byRow.set(rowName, [seat]);
	});
	return sections
		.filter((section) => section.seats.length > 0)
		.map(({ name, seats: of, byRow }) => ({
			name,
			seats: of,
			box: boxOf(positions, of),
			rows: [...byRow].map(([row, inRow]) => ({ name: row, seats: inRow }))
		}));
}

function boxOf(positions: Float32Array, seats: readonly number[]): Box {
	const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
	for (const seat of seats) {
		const [x, y] = [positions[2 * seat] ?? 0, positions[2 * seat + 1] ?? 0];
		box.left = Math.min(box.left, x);
		box.top = Math.min(box.top, y);
		box.right = Math.max(box.right, x);
		box.bottom = Math.max(box.bottom, y);
	}
	return box;
}

function middle(positions: Float32Array, seats: readonly number[]): { x: number; y: number } {
	let [x, y] = [0, 0];
	for (const seat of seats) {
		x += positions[2 * seat] ?? 0;
		y += positions[2 * seat + 1] ?? 0;
	}
	return { x: x / seats.length, y: y / seats.length };
}

/** A row's name stands before its first seat, in line with the row's first two. */
function rowLabel(
	positions: Float32Array,
	{ name, seats }: { name: string; seats: number[] },
	radius: number
): MapLabel[] {
	const [first, second] = seats;
	if (first === undefined) return [];
	const [x, y] = [positions[2 * first] ?? 0, positions[2 * first + 1] ?? 0];
	const dx = second === undefined ? 1 : (positions[2 * second] ?? 0) - x;
	const dy = second === undefined ? 0 : (positions[2 * second + 1] ?? 0) - y;
	const length = Math.hypot(dx, dy) || 1;
	const back = radius * 2.6;
	return [{ text: name, x: x - (dx / length) * back, y: y - (dy / length) * back }];
}

function boundsOf({ bounds, radius }: SeatGrid, areas: readonly VenueArea[]): Box {
	const box = {
		left: bounds.left - radius,
		top: bounds.top - radius,
		right: bounds.right + radius,
		bottom: bounds.bottom + radius
	};
	for (const area of areas) {
		const angle = (area.rotation * Math.PI) / 180;
		const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
		for (const { x, y } of cornersOf(area)) {
			const [dx, dy] = [x - area.x, y - area.y];
			const [turnedX, turnedY] = [area.x + dx * cos - dy * sin, area.y + dx * sin + dy * cos];
			box.left = Math.min(box.left, turnedX);
			box.right = Math.max(box.right, turnedX);
			box.top = Math.min(box.top, turnedY);
			box.bottom = Math.max(box.bottom, turnedY);
		}
	}
	return box;
}

/** Points that an area reaches before it is turned about its own position. */
function cornersOf(area: VenueArea): { x: number; y: number }[] {
	switch (area.shape) {
		case 'polygon':
			return area.points;
		case 'rectangle':
			return rectangle(area.x, area.y, area.x + area.width, area.y + area.height);
		case 'ellipse':
			return rectangle(area.x - area.rx, area.y - area.ry, area.x + area.rx, area.y + area.ry);
		case 'circle': {
			const { x, y, radius } = area;
			return rectangle(x - radius, y - radius, x + radius, y + radius);
		}
		case 'text':
			return [area];
	}
}

const rectangle = (left: number, top: number, right: number, bottom: number) => [
	{ x: left, y: top },
	{ x: right, y: top },
	{ x: right, y: bottom },
	{ x: left, y: bottom }
];
