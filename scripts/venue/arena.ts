import { AISLE, band, type Point, ROW_PITCH, SEAT_PITCH, seatsAlong, split } from './geometry.ts';
import { bowl, type Floor } from './arena-bowl.ts';
import { addFloor } from './arena-floor.ts';
import { type BlockRow, COLORS, ground, label, type Layout } from './layout.ts';

interface Tier {
	/** The first section's number. */
	first: number;
	rows: number;
	/** Distance of the first row from the edge of the floor. */
	from: number;
	category: (row: number, rows: number, facing: boolean) => string;
}

/** Between the tiers: a walkway, and the sections' numbers. */
const WALKWAY = 104;
/** How many seats a section's rows should have, and how many a tunnel takes out of them. */
const SECTION_SEATS = 15;
const TUNNEL_SEATS = 4;
const TUNNEL_ROWS = 3;

/** An arena seen from above: a floor before an end stage, and two tiers of a bowl round it. */
export function drawArena(seats: number): (breadth: number) => Layout {
	const scale = Math.sqrt(seats / 20_000);
	const lowerRows = Math.round(24 * scale);
	const upperRows = Math.round(22 * scale);

	return (breadth) => {
		const floor = { half: breadth / 2, depth: breadth * 1.35, corner: breadth * 0.24 };
		const layout: Layout = {
			name: `Arena, ${seats.toLocaleString('en')} seats`,
			categories: [
				{ name: 'Floor', color: COLORS.ochre, price: 12900 },
				{ name: 'Lower prime', color: COLORS.blue, price: 9900 },
				{ name: 'Lower', color: COLORS.teal, price: 7400 },
				{ name: 'Upper', color: COLORS.plum, price: 5200 },
				{ name: 'Upper rear', color: COLORS.rose, price: 3900 }
			],
			areas: [],
			blocks: []
		};
		addFloor(layout, floor);
		addTier(layout, floor, scale, {
			first: 101,
			rows: lowerRows,
			from: 70,
			category: (row, rows, facing) => (!facing && row < rows * 0.6 ? 'Lower prime' : 'Lower')
		});
		addTier(layout, floor, scale, {
			first: 201,
			rows: upperRows,
			from: 70 + (lowerRows - 1) * ROW_PITCH + WALKWAY,
			category: (row, rows) => (row < rows * 0.5 ? 'Upper' : 'Upper rear')
		});
		return layout;
	};
}

function addTier(layout: Layout, floor: Floor, scale: number, tier: Tier): void {
	const depth = (tier.rows - 1) * ROW_PITCH;
	const pieces = bowl(floor);
	const paths = pieces.map(({ path }) => path);
	layout.areas.push(ground(band(paths, tier.from - 26, tier.from + depth + 26)));

	let number = tier.first;
	// Counted for the usual breadth at this scale, not the present one: more breadth means longer
	// rows, never another aisle, so a broader arena always holds more.
	const usual = bowl({ half: 660 * scale, depth: 1780 * scale, corner: 317 * scale });
	for (const [index, { path, facing }] of pieces.entries()) {
		const length = usual[index]?.path.length(tier.from + depth / 2) ?? 0;
		const count = Math.max(1, Math.round(length / (SECTION_SEATS * SEAT_PITCH + AISLE)));
		for (const section of split(path, count)) {
			const name = String(number++);
			const rows = Array.from({ length: tier.rows }, (_, row): BlockRow => {
				const seats = seatsAlong(section, tier.from + row * ROW_PITCH);
				const tunnel = number % 2 === 0 && row >= 4 && row < 4 + TUNNEL_ROWS;
				return {
					category: tier.category(row, tier.rows, facing),
					seats: tunnel ? withoutMiddle(seats) : seats
				};
			});
			layout.blocks.push({ id: name, name, rows });
			const back = tier.from + depth + 54;
			layout.areas.push(label(name, section.at(section.length(back) / 2, back), 40));
		}
	}
}

/** A row that a tunnel to the concourse comes up through. */
function withoutMiddle(seats: Point[]): Point[] {
	if (seats.length < 3 * TUNNEL_SEATS) return seats;
	const start = Math.floor((seats.length - TUNNEL_SEATS) / 2);
	return [...seats.slice(0, start), ...seats.slice(start + TUNNEL_SEATS)];
}
