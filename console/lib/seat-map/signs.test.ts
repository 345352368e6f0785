import { describe, expect, it } from 'vitest';
import { AVAILABLE, HELD, OVERDUE, SOLD } from './picture.ts';
import { countSigns, EXPIRING, EXPIRING_MS, readSigns, signOf } from './signs.ts';

const NOW = 1_000_000_000;

describe('the sign of a seat', () => {
	it.each([
		{ what: 'free', code: AVAILABLE, until: 0, sign: AVAILABLE },
		{ what: 'free, with the time of an old hold', code: AVAILABLE, until: 5, sign: AVAILABLE },
		{ what: 'sold', code: SOLD, until: 0, sign: SOLD },
		{ what: 'held for long', code: HELD, until: NOW + EXPIRING_MS, sign: HELD },
		{ what: 'about to lapse', code: HELD, until: NOW + EXPIRING_MS - 1, sign: EXPIRING },
		{ what: 'held to the last moment', code: HELD, until: NOW + 1, sign: EXPIRING },
		{ what: 'past its time, but not told to have lapsed', code: HELD, until: NOW, sign: EXPIRING },
		{ what: 'held until nobody knows when', code: HELD, until: 0, sign: HELD },
		{ what: 'told to have lapsed', code: OVERDUE, until: 0, sign: OVERDUE },
		{ what: 'told to have lapsed, by a clock ahead', code: OVERDUE, until: NOW * 2, sign: OVERDUE },
		{ what: 'a code of another version', code: 77, until: 0, sign: AVAILABLE }
	])('$what', ({ code, until, sign }) => {
		expect(signOf(code, until, NOW)).toBe(sign);
	});
});

describe('a picture’s signs', () => {
	const picture = {
		codes: Uint8Array.of(AVAILABLE, HELD, HELD, SOLD),
		untils: Float64Array.of(0, NOW + EXPIRING_MS, NOW + 10, 0)
	};

	it('change with the clock alone', () => {
		const signs = new Uint8Array(4);
		expect(readSigns(signs, picture, NOW)).toEqual([1, 2, 3]);
		expect([...signs]).toEqual([AVAILABLE, HELD, EXPIRING, SOLD]);
		expect(readSigns(signs, picture, NOW)).toEqual([]);
		expect(readSigns(signs, picture, NOW + 1)).toEqual([1]);
		expect([...signs]).toEqual([AVAILABLE, EXPIRING, EXPIRING, SOLD]);
	});

	it('add up, over all seats and over some', () => {
		const signs = Uint8Array.of(AVAILABLE, EXPIRING, OVERDUE, SOLD, SOLD);
		expect(countSigns(signs)).toEqual({
			AVAILABLE: 1,
			RESERVED: 0,
			SOLD: 2,
			OVERDUE: 1,
			EXPIRING: 1
		});
		expect(countSigns(signs, [3, 1])).toMatchObject({ AVAILABLE: 0, SOLD: 1, EXPIRING: 1 });
	});
});
