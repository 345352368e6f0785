export interface Point {
	x: number;
	y: number;
}

/** Distances in plan units; a seat is 20 wide (pretix's default radius of 10). */
export const SEAT_PITCH = 22;
export const ROW_PITCH = 27;
export const AISLE = 44;

/** Corners of an outline along one path: enough for an arc to look round. */
const STEPS = 24;

/** The point at `radius` from the origin; angle 0 points down the plan, away from the stage. */
export const polar = (radius: number, angle: number): Point => ({
	x: radius * Math.sin(angle),
	y: radius * Math.cos(angle)
});

/** A line or an arc that rows run along; `offset` moves outwards, away from the stage or floor. */
export interface Path {
	length(offset: number): number;
	at(distance: number, offset: number): Point;
}

/** A straight path from `from` in direction `along`, with `out` as its outward normal. */
export const straight = (from: Point, along: Point, out: Point, length: number): Path => ({
	length: () => length,
	at: (distance, offset) => ({
		x: from.x + along.x * distance + out.x * offset,
		y: from.y + along.y * distance + out.y * offset
	})
});

/** An arc about `center` from angle `start` to `end`, of `radius` at offset 0. */
export const arc = (center: Point, radius: number, start: number, end: number): Path => ({
	length: (offset) => (radius + offset) * Math.abs(end - start),
	at: (distance, offset) => {
		const turned = (distance / (radius + offset)) * Math.sign(end - start);
		const { x, y } = polar(radius + offset, start + turned);
		return { x: center.x + x, y: center.y + y };
	}
});

/** The part of a path between two fractions of its length. */
export const slice = (path: Path, from: number, to: number): Path => ({
	length: (offset) => path.length(offset) * (to - from),
	at: (distance, offset) => path.at(path.length(offset) * from + distance, offset)
});

/** A path cut into `count` equal parts. */
export const split = (path: Path, count: number): Path[] =>
	Array.from({ length: count }, (_, i) => slice(path, i / count, (i + 1) / count));

/** As many seats as fit between half an aisle at either end, centred. */
export function seatsAlong(path: Path, offset: number): Point[] {
	const length = path.length(offset);
	const count = Math.max(0, Math.floor((length - AISLE) / SEAT_PITCH) + 1);
	const start = (length - (count - 1) * SEAT_PITCH) / 2;
	return Array.from({ length: count }, (_, i) => path.at(start + i * SEAT_PITCH, offset));
}

/** The line along the paths at an offset, one path after another. */
export const outline = (paths: readonly Path[], offset: number): Point[] =>
	paths.flatMap((path) => {
		const length = path.length(offset);
		return Array.from({ length: STEPS + 1 }, (_, i) => path.at((length * i) / STEPS, offset));
	});

/** The band that the paths sweep between two offsets. */
export const band = (paths: readonly Path[], inner: number, outer: number): Point[] => [
	...outline(paths, outer),
	...outline(paths, inner).reverse()
];
