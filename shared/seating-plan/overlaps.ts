/** A disc on the canvas, with the index of the seat it stands for. */
export interface Disc {
	x: number;
	y: number;
	radius: number;
}

/** Discs of one radius class, in square cells as wide as the largest of them. */
interface Level {
	reach: number;
	cells: Map<number, number[]>;
}

/** Touching seats are fine; the margin absorbs the rounding of coordinates added up. */
const MARGIN = 1e-6;

// Two cells may share a key: that adds candidates to measure and never hides one.
const cellKey = (cx: number, cy: number) => Math.imul(cx, 73856093) ^ Math.imul(cy, 19349663);

/**
 * Pairs of discs that overlap, each disc named at most once as the first of a pair. Linear in the
 * number of discs: only discs that overlap no earlier one are kept in the grid, so a cell holds a
 * bounded number of them; and discs go in largest first, by radius class, so that a disc only ever
 * looks for others at least its size, in the nine cells around it.
 */
export function findOverlaps(discs: readonly Disc[]): [number, number][] {
	const classes = new Map<number, number[]>();
	for (const [index, { radius }] of discs.entries()) {
		if (radius <= 0) continue;
		const size = Math.ceil(Math.log2(radius));
		const members = classes.get(size);
		if (members) members.push(index);
		else classes.set(size, [index]);
	}

	const levels: Level[] = [];
	const pairs: [number, number][] = [];
	for (const size of [...classes.keys()].sort((a, b) => b - a)) {
		const level: Level = { reach: 2 * 2 ** size, cells: new Map() };
		levels.push(level);
		for (const index of classes.get(size) ?? []) {
			const disc = discs[index];
			if (!disc) continue;
			const other = overlapping(disc, discs, levels);
			if (other === undefined) insert(level, disc, index);
			else pairs.push([index, other]);
		}
	}
	return pairs;
}

function insert({ reach, cells }: Level, { x, y }: Disc, index: number): void {
	const key = cellKey(Math.floor(x / reach), Math.floor(y / reach));
	const cell = cells.get(key);
	if (cell) cell.push(index);
	else cells.set(key, [index]);
}

function overlapping(disc: Disc, discs: readonly Disc[], levels: Level[]): number | undefined {
	for (const { reach, cells } of levels) {
		const cx = Math.floor(disc.x / reach);
		const cy = Math.floor(disc.y / reach);
		for (let dx = -1; dx <= 1; dx++) {
			for (let dy = -1; dy <= 1; dy++) {
				for (const index of cells.get(cellKey(cx + dx, cy + dy)) ?? []) {
					const other = discs[index];
					if (!other) continue;
					const gap = Math.hypot(other.x - disc.x, other.y - disc.y);
					if (gap < other.radius + disc.radius - MARGIN) return index;
				}
			}
		}
	}
	return undefined;
}
