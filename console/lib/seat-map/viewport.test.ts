import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fit, keepInSight, pan, toPlan, visibleBox, zoomAt } from './viewport.ts';

const plan = { left: 100, top: 50, right: 1100, bottom: 650 };
const view = { width: 800, height: 600 };
const fitted = fit(plan, view);

test('fit shows the whole plan, centred', () => {
	const shown = visibleBox(fitted, view);
	expect(shown.left).toBeLessThan(plan.left);
	expect(shown.top).toBeLessThan(plan.top);
	expect(shown.right).toBeGreaterThan(plan.right);
	expect(shown.bottom).toBeGreaterThan(plan.bottom);
	expect((shown.left + shown.right) / 2).toBeCloseTo(600);
	expect((shown.top + shown.bottom) / 2).toBeCloseTo(350);
});

test('fit survives a view without room and a plan of one point', () => {
	const dot = { left: 5, top: 5, right: 5, bottom: 5 };
	expect(fit(dot, { width: 0, height: 0 }).scale).toBeGreaterThan(0);
});

const points = fc.record({
	x: fc.double({ min: 0, max: 800, noNaN: true }),
	y: fc.double({ min: 0, max: 600, noNaN: true })
});

test('zooming keeps the point under the pointer and stays within its limits', () => {
	fc.assert(
		fc.property(points, fc.double({ min: 0.01, max: 200, noNaN: true }), (point, factor) => {
			const zoomed = zoomAt(fitted, point, factor, fitted);
			const [before, after] = [toPlan(fitted, point), toPlan(zoomed, point)];
			expect(after.x).toBeCloseTo(before.x, 4);
			expect(after.y).toBeCloseTo(before.y, 4);
			expect(zoomed.scale).toBeGreaterThanOrEqual(fitted.scale);
			expect(zoomed.scale).toBeLessThanOrEqual(fitted.scale * 60);
		})
	);
});

test('however far one pans, some of the plan stays in sight', () => {
	const far = fc.double({ min: -1e6, max: 1e6, noNaN: true });
	fc.assert(
		fc.property(far, far, (dx, dy) => {
			const shown = visibleBox(keepInSight(pan(fitted, dx, dy), plan, view), view);
			expect(shown.left).toBeLessThan(plan.right);
			expect(shown.right).toBeGreaterThan(plan.left);
			expect(shown.top).toBeLessThan(plan.bottom);
			expect(shown.bottom).toBeGreaterThan(plan.top);
		})
	);
});
