import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	AVAILABLE,
	HELD,
	OVERDUE,
	SOLD,
	applyChanges,
	countSeats,
	diffPictures,
	emptyPicture,
	replacePicture
} from './picture.ts';
import type { SeatChange, SeatPicture } from './picture.ts';

const SEATS = 12;

const pictures: fc.Arbitrary<SeatPicture> = fc
	.array(
		fc.oneof(
			fc.constant<SeatChange>([0, AVAILABLE]),
			fc.tuple(fc.constant(0), fc.constant(SOLD), fc.constantFrom('ann', 'bob')),
			fc.tuple(
				fc.constant(0),
				fc.constantFrom(HELD, OVERDUE),
				fc.constantFrom('ann', 'bob'),
				fc.integer({ min: 1, max: 3 })
			)
		),
		{ minLength: SEATS, maxLength: SEATS }
	)
	.map((changes) => {
		const picture = emptyPicture(SEATS);
		applyChanges(
			picture,
			changes.map(([, ...rest], index): SeatChange => [index, ...rest])
		);
		return picture;
	});

/** Over the wire, where undefined and NaN do not survive. */
const sent = (changes: SeatChange[]) => JSON.parse(JSON.stringify(changes)) as SeatChange[];

describe('changes', () => {
	test('carry any picture to any other, over JSON', () => {
		fc.assert(
			fc.property(pictures, pictures, (before, after) => {
				const moved = applyChanges(before, sent(diffPictures(before, after)));
				expect(before).toEqual(after);
				expect(new Set(moved).size).toBe(moved.length);
			})
		);
	});

	test('a snapshot replaces any picture and tells which seats moved', () => {
		fc.assert(
			fc.property(pictures, pictures, (before, after) => {
				const codes = before.codes.slice();
				const moved = replacePicture(before, sent(diffPictures(undefined, after)));
				expect(before).toEqual(after);
				expect(moved).toEqual([...codes.keys()].filter((i) => codes[i] !== after.codes[i]));
			})
		);
	});

	test('of a picture to itself are none, and a seat outside the plan is ignored', () => {
		const picture = emptyPicture(2);
		expect(diffPictures(picture, picture)).toEqual([]);
		expect(applyChanges(picture, [[5, SOLD, 'ann']])).toEqual([]);
		expect(picture).toEqual(emptyPicture(2));
	});

	test('are as short as they can be', () => {
		const after = emptyPicture(4);
		applyChanges(after, [
			[0, SOLD, 'ann'],
			[2, HELD, 'bob', 9]
		]);
		expect(diffPictures(undefined, after)).toEqual([
			[0, SOLD, 'ann'],
			[2, HELD, 'bob', 9]
		]);
		expect(diffPictures(after, emptyPicture(4))).toEqual([
			[0, AVAILABLE],
			[2, AVAILABLE]
		]);
	});
});

test('countSeats counts a lapsed hold as available', () => {
	const codes = Uint8Array.of(AVAILABLE, HELD, SOLD, OVERDUE, SOLD);
	expect(countSeats(codes)).toEqual({ available: 2, held: 1, sold: 2, overdue: 1 });
	expect(countSeats(codes, [2, 3])).toEqual({ available: 1, held: 0, sold: 1, overdue: 1 });
});
