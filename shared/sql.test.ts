import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { integer, text, textList, timestamp } from './sql.ts';

/** What a standard SQL reader makes of a query's first literal: its value and the rest. */
function readLiteral(sql: string): { value: string; rest: string } {
	const match = /^'((?:[^']|'')*)'(?!')/.exec(sql);
	if (!match) throw new Error(`no literal: ${sql}`);
	return { value: (match[1] ?? '').replaceAll("''", "'"), rest: sql.slice(match[0].length) };
}

describe('text', () => {
	test.each([
		['plain', "'plain'"],
		["O'Brien", "'O''Brien'"],
		["'; DROP TABLE state; --", "'''; DROP TABLE state; --'"],
		["\\' OR 1=1 --", "'\\'' OR 1=1 --'"],
		['', "''"]
	])('%j', (value, literal) => {
		expect(text(value)).toBe(literal);
	});

	test('any value reads back as itself and leaves nothing behind it', () => {
		const value = fc.string({ unit: 'binary' }).filter((s) => !s.includes('\0'));
		fc.assert(
			fc.property(value, (s) => {
				expect(readLiteral(text(s))).toEqual({ value: s, rest: '' });
			})
		);
	});

	test('refuses NUL', () => {
		expect(() => text('a\0b')).toThrow(TypeError);
	});
});

test('textList quotes each value and refuses an empty list', () => {
	expect(textList(['a', "b'c"])).toBe("('a', 'b''c')");
	expect(() => textList([])).toThrow(TypeError);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1.5, 2 ** 53])('integer refuses %s', (value) => {
	expect(() => integer(value)).toThrow(TypeError);
});

test('timestamp', () => {
	expect(timestamp(1_795_367_011_254)).toBe('to_timestamp_millis(1795367011254)');
});
