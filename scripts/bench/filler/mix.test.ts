import { expect, test } from 'vitest';
import { keyOf, kindOf, KINDS } from './mix.ts';

test('a thousand invocations have each kind in its share', () => {
	for (const first of [0, 1000, 123_456]) {
		const found: Record<string, number> = {};
		for (let n = first; n < first + 1000; n++) found[kindOf(n)] = (found[kindOf(n)] ?? 0) + 1;
		expect(found).toEqual(KINDS);
	}
});

test('no two invocations share a key', () => {
	const keys = new Set(Array.from({ length: 20_000 }, (_, n) => keyOf(n)));
	expect(keys.size).toBe(20_000);
});
