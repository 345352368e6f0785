import type { SeatingPlan } from '../../shared/seating-plan.ts';
import type { Point } from './geometry.ts';
import { type Block, type Layout, type PlanArea, rounded } from './layout.ts';

/** Room between the outermost seat or shape and the edge of the canvas. */
const MARGIN = 60;

/** Row names as houses paint them: letters without I and O, which read as 1 and 0; then AA, AB. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';

export const rowName = (index: number): string => {
	const letter = LETTERS[index % LETTERS.length] ?? '';
	return index < LETTERS.length ? letter : rowName(Math.floor(index / LETTERS.length) - 1) + letter;
};

/** Writes a layout as a plan in pretix's schema, on a canvas laid round everything in it. */
export function writePlan(layout: Layout): SeatingPlan {
	const corners = bounds([
		...layout.areas.flatMap(extent),
		...layout.blocks.flatMap(({ rows }) => rows.flatMap(({ seats }) => seats))
	]);
	const shift = { x: Math.ceil(MARGIN - corners.min.x), y: Math.ceil(MARGIN - corners.min.y) };
	return {
		name: layout.name,
		size: {
			width: Math.ceil(corners.max.x + shift.x + MARGIN),
			height: Math.ceil(corners.max.y + shift.y + MARGIN)
		},
		categories: layout.categories.map(({ name, color }) => ({ name, color })),
		zones: [
			{ name: 'Surroundings', position: shift, rows: [], areas: layout.areas },
			...layout.blocks.map((block) => writeZone(block, shift))
		]
	};
}

/** A zone at its own corner, its rows at their first seat, its seats from there. */
function writeZone({ id, name, rows }: Block, shift: Point): SeatingPlan['zones'][number] {
	const corner = bounds(rows.flatMap(({ seats }) => seats)).min;
	const filled = rows.filter(({ seats }) => seats.length > 0);
	return {
		name,
		zone_id: id,
		position: rounded({ x: corner.x + shift.x, y: corner.y + shift.y }),
		rows: filled.map(({ category, seats }, index) => {
			const [first = corner] = seats;
			const row = rowName(index);
			return {
				row_number: row,
				row_number_position: 'both',
				position: rounded({ x: first.x - corner.x, y: first.y - corner.y }),
				seats: seats.map((seat, at) => ({
					seat_guid: `${id}-${row}-${at + 1}`,
					seat_number: String(at + 1),
					category,
					position: rounded({ x: seat.x - first.x, y: seat.y - first.y })
				}))
			};
		})
	};
}

function extent({ position = { x: 0, y: 0 }, polygon, text }: PlanArea): Point[] {
	const points = [...(polygon?.points ?? []), ...(text ? [text.position] : [])];
	return points.map(({ x, y }) => ({ x: position.x + x, y: position.y + y }));
}

function bounds(points: readonly Point[]): { min: Point; max: Point } {
	const min = { x: Infinity, y: Infinity };
	const max = { x: -Infinity, y: -Infinity };
	for (const { x, y } of points) {
		min.x = Math.min(min.x, x);
		min.y = Math.min(min.y, y);
		max.x = Math.max(max.x, x);
		max.y = Math.max(max.y, y);
	}
	return { min, max };
}
