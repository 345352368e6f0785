import { arc, type Path, type Point, straight } from './geometry.ts';

/** The arena floor: its half width, its depth from the stage, and the radius of its corners. */
export interface Floor {
	half: number;
	depth: number;
	corner: number;
}

const RIGHT: Point = { x: 1, y: 0 };
const LEFT: Point = { x: -1, y: 0 };
const DOWN: Point = { x: 0, y: 1 };
const UP: Point = { x: 0, y: -1 };

/** The bowl's pieces in the order of its section numbers, from stage left round to stage right. */
export function bowl({ half, depth, corner }: Floor): { path: Path; facing: boolean }[] {
	// The sides reach past the stage's front a little: the first sections look across it.
	const beside = depth * 0.1;
	const side = depth + beside - corner;
	const inner = half - corner;
	const [quarter, half_turn] = [Math.PI / 2, Math.PI];
	return [
		{ path: straight({ x: -half, y: -beside }, DOWN, LEFT, side), facing: false },
		{ path: arc({ x: -inner, y: depth - corner }, corner, -quarter, 0), facing: false },
		{ path: straight({ x: -inner, y: depth }, RIGHT, DOWN, 2 * inner), facing: true },
		{ path: arc({ x: inner, y: depth - corner }, corner, 0, half_turn - quarter), facing: false },
		{ path: straight({ x: half, y: depth - corner }, UP, RIGHT, side), facing: false }
	];
}
