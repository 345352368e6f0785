import { expect, test } from 'vitest';
import { isRefusal } from './refusal.ts';

test.each([
	[402, true],
	[409, true],
	[500, false],
	[null, false]
])('a failure of code %s is a refusal: %s', (code, refusal) => {
	expect(isRefusal(code)).toBe(refusal);
});
