import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SeatNow } from '$shared/occupancy.ts';
import {
	AVAILABLE,
	HELD,
	OVERDUE,
	SOLD,
	applyChanges,
	countSeats,
	emptyPicture,
	lapseHolds,
	replacePicture
} from './picture.ts';
import type { SeatPicture } from './picture.ts';

const SEATS = 12;
const NOW = 1_000;

const seats: fc.Arbitrary<SeatNow[]> = fc.array(
	fc.oneof(
		fc.tuple(fc.nat(SEATS - 1), fc.constantFrom(AVAILABLE, SOLD)),
		fc.tuple(fc.nat(SEATS - 1), fc.constant(HELD), fc.integer({ min: NOW - 2, max: NOW + 2 }))
	)
);

const pictureOf = (changes: readonly SeatNow[], now = NOW): SeatPicture => {
	const picture = emptyPicture(SEATS);
	applyChanges(picture, changes, now);
	return picture;
};

/** As the server stores it: a lapsed hold is a held seat. */
const wholeOf = ({ codes, untils }: SeatPicture) => ({
	codes: codes.join('').replaceAll(String(OVERDUE), String(HELD)),
	base: 0,
	untils: [...untils.entries()].flatMap(([index, until]) => (until > 0 ? [index, until] : []))
});

const differing = (before: Uint8Array, after: Uint8Array): number[] =>
	[...after.keys()].filter((index) => before[index] !== after[index]);

describe('a picture', () => {
	test('is the same, told whole or by its changes, and says which seats moved', () => {
		fc.assert(
			fc.property(seats, seats, (first, then) => {
				const picture = pictureOf(first);
				const before = picture.codes.slice();
				const after = pictureOf(then);
				const moved = replacePicture(picture, wholeOf(after), NOW);
				expect(picture).toEqual(after);
				expect(moved).toEqual(differing(before, after.codes));
			})
		);
	});

	test('lapses holds by the clock, as if it had been told then', () => {
		fc.assert(
			fc.property(seats, fc.integer({ min: 0, max: 4 }), (changes, ms) => {
				const picture = pictureOf(changes);
				const before = picture.codes.slice();
				const moved = lapseHolds(picture, NOW + ms);
				expect(picture).toEqual(pictureOf(changes, NOW + ms));
				expect(moved).toEqual(differing(before, picture.codes));
			})
		);
	});

	test('leaves out a seat that it does not have', () => {
		const picture = emptyPicture(2);
		expect(applyChanges(picture, [[2, SOLD]], NOW)).toEqual([]);
		expect([...picture.codes]).toEqual([0, 0]);
	});

	test('holds without a deadline do not lapse', () => {
		expect(lapseHolds(pictureOf([[0, HELD]]), NOW)).toEqual([]);
	});
});

describe('counts', () => {
	test('take a lapsed hold for available', () => {
		const codes = Uint8Array.of(AVAILABLE, HELD, SOLD, OVERDUE, SOLD);
		expect(countSeats(codes)).toEqual({ available: 2, held: 1, sold: 2, overdue: 1 });
		expect(countSeats(codes, [0, 3])).toEqual({ available: 2, held: 0, sold: 0, overdue: 1 });
	});
});
