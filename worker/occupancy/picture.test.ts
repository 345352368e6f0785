import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AVAILABLE, HELD, SOLD } from '../../shared/occupancy.ts';
import {
	applyChanges,
	CHUNK_SEATS,
	chunkCount,
	countPicture,
	decodeChunks,
	emptyPicture,
	encodeChunk,
	remap,
	takenSeats
} from './picture.ts';
import type { Picture, SeatChange } from './picture.ts';

const SEATS = CHUNK_SEATS * 2 + 7;

const changes: fc.Arbitrary<SeatChange[]> = fc.array(
	fc.oneof(
		fc.tuple(
			fc.nat(SEATS - 1),
			fc.constantFrom(AVAILABLE, SOLD),
			fc.constant(0),
			fc.integer({ min: 1, max: 90_000 })
		),
		fc.tuple(
			fc.nat(SEATS - 1),
			fc.constant(HELD),
			fc.integer({ min: 1, max: 2 ** 45 }),
			fc.integer({ min: 1, max: 90_000 })
		)
	)
);

const pictureOf = (seats: number, all: readonly SeatChange[]): Picture => {
	const picture = emptyPicture(seats);
	applyChanges(picture, all);
	return picture;
};

/** Comparing so many numbers one by one takes a minute. */
const bytesOf = ({ codes, untils, epochs }: Picture): string[] =>
	[codes, untils, epochs].map(({ buffer }) => Buffer.from(buffer).toString('base64'));

describe('a picture', () => {
	it('is the same after it was stored', () => {
		fc.assert(
			fc.property(changes, (all) => {
				const picture = pictureOf(SEATS, all);
				const chunks = Array.from({ length: chunkCount(SEATS) }, (_, n) => encodeChunk(picture, n));
				const stored = JSON.parse(JSON.stringify(chunks)) as typeof chunks;
				expect(bytesOf(decodeChunks(stored, SEATS))).toEqual(bytesOf(picture));
			}),
			{ numRuns: 30 }
		);
	});

	it('takes a chunk that was never stored for seats that nobody touched', () => {
		expect(bytesOf(decodeChunks([null, null, null], SEATS))).toEqual(bytesOf(emptyPicture(SEATS)));
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
