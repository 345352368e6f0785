import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findOverlaps, type Disc } from './overlaps.ts';

const disc = fc.record({
	x: fc.integer({ min: -50, max: 50 }),
	y: fc.integer({ min: -50, max: 50 }),
	radius: fc.integer({ min: 1, max: 12 })
});
const overlap = (a: Disc, b: Disc) => Math.hypot(a.x - b.x, a.y - b.y) < a.radius + b.radius - 1e-6;

it('names pairs that overlap, and leaves behind discs that do not', () => {
	fc.assert(
		fc.property(fc.array(disc, { maxLength: 60 }), (discs) => {
			const pairs = findOverlaps(discs);
			const named = new Set(pairs.map(([one]) => one));
			expect(named.size).toBe(pairs.length);
			for (const [one, other] of pairs) {
				const [a, b] = [discs[one], discs[other]];
				expect(a && b && one !== other && overlap(a, b)).toBe(true);
			}
			const rest = discs.filter((_, index) => !named.has(index));
			for (const [i, a] of rest.entries()) {
				for (const b of rest.slice(i + 1)) expect(overlap(a, b)).toBe(false);
			}
		})
	);
});

it.each([
	['all at one point', () => ({ x: 5, y: 5, radius: 10 })],
	[
		'one huge among small',
		(i: number) => (i === 0 ? { x: -1e5, y: 0, radius: 99_999 } : { x: i * 3, y: 0, radius: 1 })
	]
])('stays linear with 100,000 discs %s', (_name, at) => {
	const discs = Array.from({ length: 100_000 }, (_, i) => at(i));
	const started = performance.now();
	findOverlaps(discs);
	expect(performance.now() - started).toBeLessThan(2_000);
});
