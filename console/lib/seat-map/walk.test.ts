import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGrid } from './seat-grid.ts';
import { nearestSeat, nextSeat } from './walk.ts';

/** Two rows of five, and one seat far below between the second and the third. */
const grid = buildGrid(
	Float32Array.from([
		...[0, 10, 20, 30, 40].flatMap((x) => [x, 0]),
		...[0, 10, 20, 30, 40].flatMap((x) => [x, 12]),
		...[16, 80]
	])
);

describe('a step from a seat', () => {
	it.each([
		{ from: 1, dx: 1, dy: 0, to: 2, what: 'to the right' },
		{ from: 1, dx: -1, dy: 0, to: 0, what: 'to the left' },
		{ from: 1, dx: 0, dy: 1, to: 6, what: 'to the row behind' },
		{ from: 6, dx: 0, dy: -1, to: 1, what: 'and back' },
		{ from: 7, dx: 0, dy: 1, to: 10, what: 'across a gangway, a little aside' },
		{ from: 4, dx: 1, dy: 0, to: -1, what: 'beyond the last' },
		{ from: 0, dx: 0, dy: -1, to: -1, what: 'beyond the first row' }
	])('$what', ({ from, dx, dy, to }) => {
		expect(nextSeat(grid, from, dx, dy)).toBe(to);
	});

	it('never leads where it came from by going on', () => {
		const place = fc.tuple(fc.nat(1000), fc.nat(1000));
		const direction = fc.constantFrom([1, 0], [-1, 0], [0, 1], [0, -1]);
		fc.assert(
			fc.property(
				fc.uniqueArray(place, { minLength: 1, maxLength: 40, selector: String }),
				direction,
				(places, [dx = 0, dy = 0]) => {
					const seats = buildGrid(Float32Array.from(places.flat()));
					const seen = new Set<number>();
					for (let at = 0; at >= 0; at = nextSeat(seats, at, dx, dy)) {
						expect(seen.has(at)).toBe(false);
						seen.add(at);
					}
				}
			)
		);
	});
});

it('begins at the seat nearest to a point', () => {
	expect(nearestSeat(grid, 21, 5)).toBe(2);
	expect(nearestSeat(grid, 500, 500)).toBe(10);
	expect(nearestSeat(buildGrid(new Float32Array(0)), 0, 0)).toBe(-1);
});
