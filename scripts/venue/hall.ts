import { arc, band, outline, type Path, ROW_PITCH, seatsAlong, split } from './geometry.ts';
import { type Block, COLORS, ground, label, type Layout, solid } from './layout.ts';

/** One ring of blocks about the platform, at the size of 2,000 seats. */
interface Tier {
	id: string;
	name: string;
	/** Middle and half of the fan, in radians; the middle of the choir is behind the platform. */
	middle: number;
	half: number;
	rows: number;
	blocks: number;
	category: (block: number, blocks: number, row: number, rows: number) => string;
}

const central = (block: number, blocks: number) => Math.abs(block - (blocks - 1) / 2) < blocks / 4;

const TIERS: Tier[] = [
	{
		id: 'S',
		name: 'Stalls',
		middle: 0,
		half: 0.8,
		rows: 15,
		blocks: 3,
		category: (_block, _blocks, row, rows) => (row < rows * 0.6 ? 'Premium' : 'Stalls')
	},
	{
		id: 'T',
		name: 'Terrace',
		middle: 0,
		half: 1.02,
		rows: 9,
		blocks: 5,
		category: (block, blocks) => (central(block, blocks) ? 'Stalls' : 'Terrace')
	},
	{
		id: 'B',
		name: 'Balcony',
		middle: 0,
		half: 1.14,
		rows: 8,
		blocks: 7,
		category: (block, blocks) => (central(block, blocks) ? 'Terrace' : 'Balcony')
	}
];

const CHOIR: Tier = {
	id: 'C',
	name: 'Choir',
	middle: Math.PI,
	half: 0.72,
	rows: 4,
	blocks: 3,
	category: () => 'Choir'
};

/** The walkway between two tiers, wide enough for the blocks' names. */
const WALKWAY = 92;

/** A concert hall: curved blocks in three tiers before the platform, choir seats behind it. */
export function drawHall(seats: number): (breadth: number) => Layout {
	const scale = Math.sqrt(seats / 2000);
	return (breadth) => {
		const layout: Layout = {
			name: `Concert hall, ${seats.toLocaleString('en')} seats`,
			categories: [
				{ name: 'Premium', color: COLORS.ochre, price: 11900 },
				{ name: 'Stalls', color: COLORS.blue, price: 8400 },
				{ name: 'Terrace', color: COLORS.teal, price: 6200 },
				{ name: 'Balcony', color: COLORS.plum, price: 3900 },
				{ name: 'Choir', color: COLORS.rose, price: 2900 }
			],
			areas: [platform(breadth)],
			blocks: []
		};
		let radius = breadth;
		for (const tier of TIERS) radius = addTier(layout, tier, radius, scale) + WALKWAY;
		addTier(layout, CHOIR, breadth * 0.86, scale);
		return layout;
	};
}

/** Adds a tier whose front row is at `radius`; its last row's radius. */
function addTier(layout: Layout, tier: Tier, radius: number, scale: number): number {
	const rows = Math.max(2, Math.round(tier.rows * scale));
	const count = Math.max(tier.blocks, Math.round(tier.blocks * scale));
	const depth = (rows - 1) * ROW_PITCH;
	// From the left of the plan to the right, whichever side of the platform the tier is on.
	const turn = tier.middle === 0 ? tier.half : -tier.half;
	const fan = arc({ x: 0, y: 0 }, radius, tier.middle - turn, tier.middle + turn);
	layout.areas.push(ground(band([fan], -22, depth + 22)));

	for (const [index, path] of split(fan, count).entries()) {
		const block: Block = {
			id: `${tier.id}${index + 1}`,
			name: `${tier.name} ${index + 1}`,
			rows: Array.from({ length: rows }, (_, row) => ({
				category: tier.category(index, count, row, rows),
				seats: seatsAlong(path, row * ROW_PITCH)
			}))
		};
		layout.blocks.push(block);
		layout.areas.push(label(block.id, behind(path, depth + 46), 24));
	}
	return radius + depth;
}

const behind = (path: Path, offset: number) => path.at(path.length(offset) / 2, offset);

function platform(breadth: number) {
	const center = { x: 0, y: 0 };
	const front = arc(center, breadth - 60, -1.05, 1.05);
	const back = arc(center, breadth * 0.86 - 60, Math.PI - 0.7, Math.PI + 0.7);
	return solid(outline([front, back], 0), 'Stage', { x: 0, y: breadth * 0.1 }, 30);
}
