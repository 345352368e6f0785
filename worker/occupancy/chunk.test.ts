import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AVAILABLE, HELD, SOLD } from '../../shared/occupancy.ts';
import { CHUNK_SEATS, chunkCount, decodeChunks, decodeOldChunks, encodeChunk } from './chunk.ts';
import { applyChanges, emptyPicture } from './picture.ts';
import type { Picture, SeatChange } from './picture.ts';

const SEATS = CHUNK_SEATS * 2 + 7;

const changes: fc.Arbitrary<SeatChange[]> = fc.array(
	fc.oneof(
		fc.tuple(
			fc.nat(SEATS - 1),
			fc.constantFrom(AVAILABLE, SOLD),
			fc.constant(0),
			fc.integer({ min: 0, max: 2 ** 32 - 1 })
		),
		fc.tuple(
			fc.nat(SEATS - 1),
			fc.constant(HELD),
			fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
			fc.integer({ min: 0, max: 90_000 })
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

const storedOf = (picture: Picture): Uint8Array[] =>
	Array.from({ length: chunkCount(picture.codes.length) }, (_, n) => encodeChunk(picture, n));

describe('a stored picture', () => {
	it('is the same when it is read, wherever in a message its bytes lie', () => {
		fc.assert(
			fc.property(changes, fc.nat(7), (all, shift) => {
				const picture = pictureOf(SEATS, all);
				const stored = storedOf(picture).map((chunk) => {
					const message = new Uint8Array(chunk.length + shift);
					message.set(chunk, shift);
					return message.subarray(shift);
				});
				expect(bytesOf(decodeChunks(stored, SEATS))).toEqual(bytesOf(picture));
			}),
			{ numRuns: 30 }
		);
	});

	it('takes a chunk that was never stored for seats that nobody touched', () => {
		expect(bytesOf(decodeChunks([null, null, null], SEATS))).toEqual(bytesOf(emptyPicture(SEATS)));
	});

	it('leaves out the seats at the end that nobody touched', () => {
		const [chunk] = storedOf(pictureOf(CHUNK_SEATS, [[99, SOLD, 0, 2]]));
		expect(chunk).toHaveLength(8 + 100 * 5);
	});
});

describe('a picture that an older version stored', () => {
	it('is read as it was', () => {
		const picture = decodeOldChunks(
			[
				{ codes: '012', epochs: [0, 1, 2, 4], base: 1_000, untils: [1, 500] },
				null,
				{ codes: '001', epochs: [0, 0, 1], base: 2_000, untils: [2, 0] }
			],
			SEATS
		);
		const expected = pictureOf(SEATS, [
			[1, HELD, 1_500, 1],
			[2, SOLD, 0, 2],
			[3, AVAILABLE, 0, 4],
			[CHUNK_SEATS * 2 + 2, HELD, 2_000, 1]
		]);
		// HELD is 1 and SOLD 2 in what was stored.
		expect(bytesOf(picture)).toEqual(bytesOf(expected));
	});
});
