import { expect, test } from 'vitest';
import { nextIndex } from './row-keys.ts';

test.each([
	[-1, 1, 5, 0],
	[-1, -1, 5, 4],
	[0, 1, 5, 1],
	[4, 1, 5, 4],
	[0, -1, 5, 0],
	[-1, 1, 0, 0]
])('from row %i by %i of %i rows to %i', (current, step, length, next) => {
	expect(nextIndex(current, step, length)).toBe(next);
});
