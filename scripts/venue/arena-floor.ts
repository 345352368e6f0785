import { bowl, type Floor } from './arena-bowl.ts';
import { AISLE, outline, ROW_PITCH, seatsAlong, straight } from './geometry.ts';
import { ground, type Layout, rectangle, solid } from './layout.ts';

/** From the stage's edge to the first row. */
const PIT = 90;
/** Between the last block and the bowl's wall. */
const WALK = 70;
const COLUMNS = 3;
const BANKS = 3;

/** The stage and, before it, blocks of loose chairs in columns and banks, round a mixing desk. */
export function addFloor(layout: Layout, floor: Floor): void {
	const { half, depth, corner } = floor;
	const wall = bowl(floor).map(({ path }) => path);
	layout.areas.push(ground(outline(wall, 0)), stage(half));

	const usable = depth - PIT - WALK - corner * 0.5;
	const bank = (usable - (BANKS - 1) * AISLE) / BANKS;
	const rows = Math.max(2, Math.floor(bank / ROW_PITCH));
	const column = (2 * (half - WALK)) / COLUMNS;

	for (let b = 0; b < BANKS; b++) {
		for (let c = 0; c < COLUMNS; c++) {
			const from = { x: -half + WALK + c * column, y: PIT + b * (bank + AISLE) };
			const path = straight(from, { x: 1, y: 0 }, { x: 0, y: 1 }, column);
			const id = `F${b * COLUMNS + c + 1}`;
			const desk = b === BANKS - 1 && c === 1;
			// The mixing desk stands in the middle of the last bank, where it hears best.
			const kept = desk ? Math.ceil(rows / 2) : rows;
			if (desk) {
				const top = from.y + kept * ROW_PITCH + 6;
				const height = Math.max(24, (rows - kept) * ROW_PITCH - 20);
				const box = rectangle(from.x + column * 0.2, top, column * 0.6, height);
				layout.areas.push(solid(box, 'Mix', { x: 0, y: top + height / 2 }, 44));
			}
			layout.blocks.push({
				id,
				name: `Floor ${id.slice(1)}`,
				rows: Array.from({ length: kept }, (_, row) => ({
					category: 'Floor',
					seats: seatsAlong(path, row * ROW_PITCH)
				}))
			});
		}
	}
}

function stage(half: number) {
	const width = half * 1.5;
	const back = -half * 0.85;
	const thrust = half * 0.34;
	const corners = [
		{ x: -width / 2, y: back },
		{ x: width / 2, y: back },
		{ x: width / 2, y: 0 },
		{ x: thrust, y: 0 },
		{ x: thrust * 0.8, y: PIT - 44 },
		{ x: -thrust * 0.8, y: PIT - 44 },
		{ x: -thrust, y: 0 },
		{ x: -width / 2, y: 0 }
	];
	return solid(corners, 'Stage', { x: 0, y: back / 2 }, 72);
}
