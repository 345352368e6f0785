import { describe, expect, it } from 'vitest';
import { formatSeatKey, parseSeatKey } from './seat-key.ts';

describe('seat keys', () => {
	it.each([
		['concert-1:101-A-7', { eventId: 'concert-1', seatId: '101-A-7' }],
		['a:b', { eventId: 'a', seatId: 'b' }],
		['a.b_c:X.1_2-3', { eventId: 'a.b_c', seatId: 'X.1_2-3' }]
	])('reads %s and prints it again', (key, parts) => {
		expect(parseSeatKey(key)).toEqual(parts);
		expect(formatSeatKey(parts)).toBe(key);
	});

	it.each([
		'',
		':',
		'a',
		'a:',
		':b',
		'a:b:c',
		'a b:c',
		"a:b'",
		'a:b/c',
		'é:b',
		`a:${'x'.repeat(65)}`
	])('refuses %j', (key) => {
		expect(parseSeatKey(key)).toBeUndefined();
	});
});
