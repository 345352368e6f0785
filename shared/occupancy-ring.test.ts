import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeatNow } from './occupancy.ts';
import {
	emptyRing,
	mergeChanges,
	pushRing,
	RING_ENTRIES,
	RING_SEATS,
	versionsSince
} from './occupancy-ring.ts';

describe('a ring of changes', () => {
	it('tells whoever is within its reach exactly what they missed', () => {
		const sizes = fc.array(fc.integer({ min: 0, max: RING_SEATS / 3 }), { maxLength: 200 });
		fc.assert(
			fc.property(sizes, (all) => {
				let ring = emptyRing(0);
				let kept: number[] = [];
				all.forEach((size, n) => {
					const pushed = pushRing(ring, n + 1, size);
					kept = [...kept, n + 1].filter((version) => !pushed.dropped.includes(version));
					ring = pushed.ring;
				});
				expect(ring.entries.map(([version]) => version)).toEqual(kept);
				expect(kept.length).toBeLessThanOrEqual(RING_ENTRIES);
				for (let since = 0; since <= all.length; since++) {
					const missed = Array.from({ length: all.length - since }, (_, n) => since + n + 1);
					const told = versionsSince(ring, since, all.length);
					if (missed.every((version) => kept.includes(version))) expect(told).toEqual(missed);
					else expect(told).toBeUndefined();
				}
			}),
			{ numRuns: 50 }
		);
	});

	it('keeps nothing of a change that is too large for it', () => {
		const { ring } = pushRing(emptyRing(1), 2, 5);
		const { ring: after, dropped } = pushRing(ring, 3, RING_SEATS + 1);
		expect(after).toEqual(emptyRing(3));
		expect(dropped).toEqual([2, 3]);
	});

	it('does not know a version that is yet to come', () => {
		expect(versionsSince(emptyRing(5), 6, 5)).toBeUndefined();
	});
});

it('the newest change of a seat is the one that counts', () => {
	const first: SeatNow[] = [
		[1, 1, 50],
		[2, 1, 60]
	];
	expect(mergeChanges([first, [[1, 2]]])).toEqual([
		[1, 2],
		[2, 1, 60]
	]);
});
