import { beforeEach, describe, expect, it } from 'vitest';
import { Camera } from './camera.ts';

/** A plan of 1000 × 500 with seats of radius 4, on a view of 448 × 248: the fit is at 0.4. */
let camera: Camera;
beforeEach(() => {
	camera = new Camera({ left: 0, top: 0, right: 1000, bottom: 500 }, 4);
	camera.resize({ width: 448, height: 248 });
});

const middle = () => {
	const { scale, x, y } = camera.viewport;
	return { x: (224 - x) / scale, y: (124 - y) / scale };
};

describe('a camera', () => {
	it('shows the whole plan first, and moves no farther out', () => {
		expect(camera.viewport.scale).toBeCloseTo(0.4);
		expect(camera.zoomed).toBe(false);
		expect(camera.zoom(0.5)).toBe(false);
		expect(camera.pan(10, 10)).toBe(false);
	});

	it('keeps what it looked at when its view becomes another', () => {
		camera.show({ left: 600, top: 200, right: 700, bottom: 300 });
		camera.resize({ width: 800, height: 600 });
		const { scale, x, y } = camera.viewport;
		expect((400 - x) / scale).toBeCloseTo(650);
		expect((300 - y) / scale).toBeCloseTo(250);
		camera.fit();
		camera.resize({ width: 448, height: 248 });
		expect(camera.viewport.scale).toBeCloseTo(0.4);
	});

	it('shows a section in the middle, and one seat no larger than sensible', () => {
		expect(camera.show({ left: 600, top: 200, right: 700, bottom: 300 })).toBe(true);
		expect(middle()).toEqual({ x: 650, y: 250 });
		expect(camera.viewport.scale).toBeCloseTo((248 - 96) / 100);
		camera.show({ left: 600, top: 200, right: 600, bottom: 200 });
		expect(camera.viewport.scale).toBeCloseTo(14 / 4);
		expect(camera.zoomed).toBe(true);
	});

	it('follows a point only as far as it must', () => {
		camera.show({ left: 400, top: 200, right: 500, bottom: 300 });
		expect(camera.follow({ x: 450, y: 250 })).toBe(false);
		const before = camera.viewport;
		expect(camera.follow({ x: 650, y: 250 })).toBe(true);
		const { scale, x, y } = camera.viewport;
		expect(650 * scale + x).toBeCloseTo(448 - 48);
		expect(y).toBe(before.y);
	});
});
