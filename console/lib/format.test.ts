import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	bytes,
	count,
	duration,
	exact,
	money,
	percent,
	rate,
	relative,
	shorten
} from './format.ts';

test.each([
	[0, '0'],
	[20000, '20,000']
])('count %s is %s', (value, text) => {
	expect(count(value)).toBe(text);
});

test.each([
	[0, '0'],
	[1 / 3, '0.33'],
	[4.24, '4.2'],
	[1234.5, '1,230']
])('rate %s is %s', (perSecond, text) => {
	expect(rate(perSecond)).toBe(text);
});

test.each([
	[0, 0, '–'],
	[0, 10, '0%'],
	[1, 20000, '<1%'],
	[19999, 20000, '>99%'],
	[20000, 20000, '100%'],
	[1, 3, '33%']
])('percent %s of %s is %s', (part, whole, text) => {
	expect(percent(part, whole)).toBe(text);
});

test.each([
	[12550, 'USD', '$125.50'],
	[12550, 'JPY', '¥12,550'],
	[12550, 'EUR', '€125.50']
])('money %s %s is %s', (minor, currency, text) => {
	expect(money(minor, currency)).toBe(text);
});

test.each([
	[0, '0 ms'],
	[999, '999 ms'],
	[1234, '1.23 s'],
	[9999, '9.99 s'],
	[10_000, '10s'],
	[125_000, '2m 05s'],
	[3_600_000, '1h 00m'],
	[90_000_000, '1d 01h'],
	[-5000, '-5.00 s']
])('duration %s is %s', (ms, text) => {
	expect(duration(ms)).toBe(text);
});

test.each([
	[0, 'just now'],
	[-12_000, '12s ago'],
	[240_000, 'in 4m'],
	[-90_000_000, '1d ago']
])('relative %s is %s', (delta, text) => {
	expect(relative(1e12 + delta, 1e12)).toBe(text);
});

describe('exact', () => {
	const at = Date.UTC(2026, 10, 22, 17, 3, 18, 250);

	test('in UTC', () => {
		expect(exact(at, 'utc')).toBe('2026-11-22 17:03:18.250 UTC');
	});

	test('local time names its offset and means the same instant', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
				const [day, time, offset] = exact(ms, 'local').split(' ');
				expect(Date.parse(`${day ?? ''}T${time ?? ''}${offset ?? ''}`)).toBe(ms);
			})
		);
	});
});

test('shorten keeps both ends and never grows', () => {
	expect(shorten('inv_1gq2abcdefghijklmnop', 12)).toBe('inv_1gq2…nop');
	fc.assert(
		fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 6, max: 40 }), (text, length) => {
			const short = shorten(text, length);
			expect(short.length).toBe(Math.min(text.length, length));
			expect(text.endsWith(short.slice(-1))).toBe(true);
		})
	);
});

test.each([
	[0, '0 bytes'],
	[1023, '1023 bytes'],
	[1024, '1 KiB'],
	[300_021, '293 KiB'],
	[1_572_864, '1.5 MiB']
])('%i as a size is %s', (value, text) => {
	expect(bytes(value)).toBe(text);
});
