import { arc, band, outline, polar, ROW_PITCH, seatsAlong, slice, type Path } from './geometry.ts';
import { type Block, COLORS, ground, label, type Layout, solid } from './layout.ts';

/** Angles are half the fan, in radians. */
const STALLS_FAN = 0.52;
const BALCONY_FAN = 0.58;
/** Between the last row of the stalls and the balcony's front. */
const OVERHANG = 84;
const BALCONY_FROM = 150;
const AISLES_FROM = 120;

/** A house of one or two fans before a stage: stalls, and a balcony when it is large enough. */
export function drawTheatre(seats: number): (breadth: number) => Layout {
	const hasBalcony = seats >= BALCONY_FROM;
	const stallsRows = Math.round(Math.sqrt((seats * (hasBalcony ? 0.68 : 1)) / 1.8));
	const balconyRows = hasBalcony ? Math.max(2, Math.round(stallsRows * 0.4)) : 0;

	const fan = (radius: number, half: number): Path => arc({ x: 0, y: 0 }, radius, -half, half);
	const rows = (path: Path, count: number, category: (row: number) => string) =>
		Array.from({ length: count }, (_, row) => ({
			category: category(row),
			seats: withAisles(path, seats).flatMap((part) => seatsAlong(part, row * ROW_PITCH))
		}));

	return (breadth) => {
		const stalls = fan(breadth, STALLS_FAN);
		const blocks: Block[] = [
			{
				id: 'Stalls',
				name: 'Stalls',
				rows: rows(stalls, stallsRows, (row) =>
					row < stallsRows * 0.45 ? 'Premium' : row < stallsRows * 0.85 ? 'Standard' : 'Rear'
				)
			}
		];
		const back = breadth + (stallsRows - 1) * ROW_PITCH;
		const areas = [
			stage(breadth),
			ground(band([stalls], -24, back - breadth + 26)),
			label('Stalls', polar(back + 43, 0), 22)
		];

		if (balconyRows > 0) {
			const front = back + OVERHANG;
			const balcony = fan(front, BALCONY_FAN);
			blocks.push({
				id: 'Balcony',
				name: 'Balcony',
				rows: rows(balcony, balconyRows, (row) => (row < 2 ? 'Balcony front' : 'Balcony'))
			});
			areas.push(
				ground(band([balcony], -24, (balconyRows - 1) * ROW_PITCH + 26)),
				label('Balcony', polar(front + (balconyRows - 1) * ROW_PITCH + 45, 0), 22)
			);
		}
		return {
			name: `Theatre, ${seats.toLocaleString('en')} seats`,
			categories: [
				{ name: 'Premium', color: COLORS.ochre, price: 8900 },
				{ name: 'Standard', color: COLORS.blue, price: 6400 },
				{ name: 'Rear', color: COLORS.teal, price: 4500 },
				{ name: 'Balcony front', color: COLORS.plum, price: 5400 },
				{ name: 'Balcony', color: COLORS.rose, price: 3200 }
			],
			areas,
			blocks
		};
	};
}

/** Two aisles, a quarter of the fan from either side. */
const withAisles = (path: Path, seats: number): Path[] =>
	seats < AISLES_FROM
		? [path]
		: [slice(path, 0, 0.27), slice(path, 0.27, 0.73), slice(path, 0.73, 1)];

function stage(breadth: number) {
	const apron = arc({ x: 0, y: 0 }, breadth, -STALLS_FAN * 0.92, STALLS_FAN * 0.92);
	const front = outline([apron], -62);
	const side = Math.max(...front.map(({ x }) => x));
	const back = Math.min(...front.map(({ y }) => y)) - Math.max(70, breadth * 0.28);
	const corners = [...front, { x: side, y: back }, { x: -side, y: back }];
	return solid(corners, 'Stage', { x: 0, y: (back + breadth - 62) / 2 }, 26);
}
