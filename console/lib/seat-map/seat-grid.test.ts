import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildGrid, seatAt, seatsIn } from './seat-grid.ts';

const coordinate = fc.float({ min: 0, max: 1000, noNaN: true });
const seats = fc
	.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 })
	.map((points) => Float32Array.from(points.flat()));

const distance = (positions: Float32Array, seat: number, x: number, y: number) =>
	Math.hypot((positions[2 * seat] ?? NaN) - x, (positions[2 * seat + 1] ?? NaN) - y);

test('finds the same distance as a look at every seat', () => {
	fc.assert(
		fc.property(
			seats,
			coordinate,
			coordinate,
			fc.integer({ min: 0, max: 300 }),
			(positions, x, y, reach) => {
				const found = seatAt(buildGrid(positions), x, y, reach);
				const nearest = Math.min(
					...Array.from({ length: positions.length / 2 }, (_, seat) =>
						distance(positions, seat, x, y)
					)
				);
				if (found < 0) expect(nearest).toBeGreaterThan(reach - 1e-3);
				else expect(distance(positions, found, x, y)).toBeCloseTo(nearest, 3);
			}
		)
	);
});

test('seats of a regular hall do not touch', () => {
	const positions = new Float32Array(2 * 600);
	for (let seat = 0; seat < 600; seat++) {
		positions[2 * seat] = (seat % 30) * 10;
		positions[2 * seat + 1] = Math.floor(seat / 30) * 14;
	}
	const { radius, bounds } = buildGrid(positions);
	expect(radius).toBeCloseTo(3.9);
	expect(bounds).toEqual({ left: 0, top: 0, right: 290, bottom: 266 });
});

test.each([0, 1])('a plan of %s seats has a grid', (count) => {
	const grid = buildGrid(new Float32Array(2 * count));
	expect(grid.radius).toBeGreaterThan(0);
	expect(seatAt(grid, 0, 0, 1)).toBe(count - 1);
});

test('the seats in a box are among those found in and around it, each once', () => {
	const coordinate = fc.float({ min: -50, max: 50, noNaN: true });
	fc.assert(
		fc.property(
			fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 80 }),
			fc.tuple(coordinate, coordinate, coordinate, coordinate),
			(seats, [x1, y1, x2, y2]) => {
				const box = {
					left: Math.min(x1, x2),
					top: Math.min(y1, y2),
					right: Math.max(x1, x2),
					bottom: Math.max(y1, y2)
				};
				const found = [...seatsIn(buildGrid(Float32Array.from(seats.flat())), box)].flatMap(
					(run) => [...run]
				);
				expect(new Set(found).size).toBe(found.length);
				seats.forEach(([x, y], seat) => {
					if (x >= box.left && x <= box.right && y >= box.top && y <= box.bottom)
						expect(found).toContain(seat);
				});
			}
		)
	);
});
