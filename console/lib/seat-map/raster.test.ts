import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stampAll, stampSome } from './raster.ts';
import type { Placing, Raster, Stamps } from './raster.ts';
import { buildGrid } from './seat-grid.ts';

/** A plus of five pixels; look 1 is see-through in its middle. */
const stamps: Stamps = {
	dx: Int16Array.of(0, -1, 0, 1, 0),
	dy: Int16Array.of(-1, 0, 0, 0, 1),
	colors: [Uint32Array.of(7, 7, 7, 7, 7), Uint32Array.of(9, 9, 0, 9, 9)]
};

const blank = (width: number, height: number): Raster => ({
	width,
	height,
	pixels: new Uint32Array(width * height)
});

const lines = ({ width, height, pixels }: Raster): string[] =>
	Array.from({ length: height }, (_, row) => pixels.slice(row * width, (row + 1) * width).join(''));

const still: Placing = { viewport: { scale: 1, x: 0, y: 0 }, ratio: 1 };

describe('seats as pixels', () => {
	it('lie where the viewport puts them, cut off at the edges', () => {
		const grid = buildGrid(Float32Array.of(0, 0, 4, 2));
		const raster = blank(6, 4);
		stampAll(raster, stamps, grid, Uint8Array.of(0, 1), still);
		expect(lines(raster)).toEqual(['770000', '700090', '000909', '000090']);
		stampAll(raster, stamps, grid, Uint8Array.of(0, 1), {
			viewport: { scale: 1, x: -1.5, y: -1 },
			ratio: 2
		});
		expect(lines(raster)).toEqual(['000000', '000009', '000090', '000009']);
	});

	it('change without a trace of what they were', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.tuple(fc.nat(6), fc.nat(6)), {
					minLength: 1,
					maxLength: 20,
					selector: String
				}),
				fc.infiniteStream(fc.integer({ min: 0, max: 1 })),
				(places, look) => {
					// Three pixels apart, as far as a stamp is wide.
					const grid = buildGrid(Float32Array.from(places.flat().map((at) => at * 3)));
					const looks = Uint8Array.from(places, () => Number(look.next().value));
					const raster = blank(16, 16);
					stampAll(raster, stamps, grid, looks, still);
					const changed = places.flatMap((_, seat) => (look.next().value === 1 ? [seat] : []));
					for (const seat of changed) looks[seat] = 1 - (looks[seat] ?? 0);
					stampSome(raster, stamps, grid, looks, still, changed);
					const fresh = blank(16, 16);
					stampAll(fresh, stamps, grid, looks, still);
					expect(lines(raster)).toEqual(lines(fresh));
				}
			)
		);
	});

	it('say which pixels changed, and nothing of seats out of view', () => {
		const grid = buildGrid(Float32Array.of(3, 3, 90, 90));
		const raster = blank(8, 8);
		const some = (seats: number[]) =>
			stampSome(raster, stamps, grid, Uint8Array.of(0, 0), still, seats);
		expect(some([0])).toEqual({ left: 1, top: 1, right: 5, bottom: 5 });
		expect(some([1])).toBeNull();
		expect(some([])).toBeNull();
	});
});
