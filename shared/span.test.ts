import { expect, test } from 'vitest';
import { spanInWords } from './span.ts';

test.each([
	[0, '0 seconds'],
	[499, '0 seconds'],
	[1000, '1 second'],
	[59_600, '1 minute'],
	[60_000, '1 minute'],
	[90_000, '1 minute and 30 seconds'],
	[300_000, '5 minutes'],
	[1_801_000, '30 minutes and 1 second']
])('%i ms is %s', (ms, words) => {
	expect(spanInWords(ms)).toBe(words);
});
