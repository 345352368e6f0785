import { describe, expect, it } from 'vitest';
import { AVAILABLE, HELD, SOLD } from '../../shared/occupancy.ts';
import {
	allTouched,
	applyChanges,
	countPicture,
	countTaken,
	emptyPicture,
	remap,
	takenSeats
} from './picture.ts';
import type { Picture, SeatChange } from './picture.ts';

const pictureOf = (seats: number, all: readonly SeatChange[]): Picture => {
	const picture = emptyPicture(seats);
	applyChanges(picture, all);
	return picture;
};

describe('a picture', () => {
	it('is made anew by the seats that were touched', () => {
		const picture = pictureOf(5, [
			[1, HELD, 50, 1],
			[2, SOLD, 0, 0],
			[4, AVAILABLE, 0, 2]
		]);
		expect(allTouched(picture)).toHaveLength(3);
		expect(pictureOf(5, allTouched(picture))).toEqual(picture);
	});

	it('tells every seat that is not available, with the deadlines of held ones', () => {
		const picture = pictureOf(4, [
			[1, HELD, 50, 1],
			[3, SOLD, 0, 2],
			[0, AVAILABLE, 0, 2]
		]);
		expect(takenSeats(picture)).toEqual([
			[1, HELD, 50],
			[3, SOLD]
		]);
	});

	it.each([
		[49, { available: 2, held: 1, sold: 1, overdue: 0 }],
		[50, { available: 3, held: 0, sold: 1, overdue: 1 }]
	])('counts a hold until 50 as it is at %d', (now, counts) => {
		const picture = pictureOf(4, [
			[1, HELD, 50, 1],
			[3, SOLD, 0, 2]
		]);
		expect(countPicture(picture, now)).toEqual(counts);
		expect(countTaken(picture)).toEqual({ held: 1, sold: 1 });
	});

	it('follows its seats into the order of another plan', () => {
		const before = pictureOf(3, [
			[0, SOLD, 0, 2],
			[1, HELD, 50, 1],
			[2, AVAILABLE, 0, 4]
		]);
		const after = remap(
			before,
			['A', 'B', 'C'],
			new Map([
				['new', 0],
				['B', 1],
				['A', 2]
			])
		);
		expect(after).toEqual(
			pictureOf(3, [
				[1, HELD, 50, 1],
				[2, SOLD, 0, 2]
			])
		);
	});
});
