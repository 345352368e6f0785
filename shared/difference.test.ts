import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeDifference } from './difference.ts';

it.each([
	[
		{ status: 'RESERVED', epoch: 1 },
		{ status: 'SOLD', epoch: 2 },
		'status was "RESERVED", is "SOLD"; epoch was 1, is 2'
	],
	[
		{ checkout: { id: 'inv_1' } },
		{ checkout: null },
		'checkout.id was "inv_1", is missing; checkout was missing, is null'
	],
	[['a'], ['a', 'b'], '1 was missing, is "b"'],
	[null, { a: 1 }, 'it was null, is missing; a was missing, is 1'],
	[{ a: 1, b: [] }, { b: [], a: 1 }, null]
])('between %j and %j: %s', (seen, now, told) => {
	expect(describeDifference(seen, now)).toBe(told);
});

it('tells a few and counts the rest', () => {
	const seen = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}`, n]));
	expect(describeDifference(seen, {})).toMatch(/f4 was 4, is missing; and 5 more$/);
});

it('finds none between a value and itself as it was stored', () => {
	fc.assert(
		fc.property(fc.jsonValue(), (value) => {
			expect(describeDifference(value, JSON.parse(JSON.stringify(value)))).toBeNull();
		})
	);
});
