import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_DIFFERENCES, differences } from './audit-difference.ts';

describe('differences', () => {
	test.each<[string, unknown, unknown, unknown[]]>([
		['nothing', { a: 1, b: [1, { c: 2 }] }, { a: 1, b: [1, { c: 2 }] }, []],
		[
			'a field',
			{ status: 'RESERVED', epoch: 3 },
			{ status: 'AVAILABLE', epoch: 3 },
			[{ path: 'status', before: 'RESERVED', after: 'AVAILABLE' }]
		],
		[
			'deep down',
			{ a: { b: [1, 2] } },
			{ a: { b: [1, 3] } },
			[{ path: 'a.b.1', before: 2, after: 3 }]
		],
		['one that came', { a: 1 }, { a: 1, b: 2 }, [{ path: 'b', before: undefined, after: 2 }]],
		['one that went', { a: 1, b: 2 }, { a: 1 }, [{ path: 'b', before: 2, after: undefined }]],
		['null and absent are one', { a: null, b: 1 }, { b: 1 }, []],
		['all of it', null, { refused: 'no' }, [{ path: 'refused', before: undefined, after: 'no' }]],
		['a value', 'a', 'b', [{ path: '', before: 'a', after: 'b' }]],
		['another kind', { a: [1] }, { a: 1 }, [{ path: 'a', before: [1], after: 1 }]],
		['an empty list', { a: [] }, { a: [1] }, [{ path: 'a', before: [], after: [1] }]]
	])('tells %s', (_, before, after, expected) => {
		expect(differences(before, after)).toEqual(expected);
	});

	test('are none between equals, and as many as are of use', () => {
		fc.assert(
			fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
				expect(differences(a, structuredClone(a))).toEqual([]);
				expect(differences(a, b).length).toBeLessThanOrEqual(MOST_DIFFERENCES);
			})
		);
	});
});
