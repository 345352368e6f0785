import { expect, it } from 'vitest';
import { advance } from './playback.ts';

it.each([
	['passes', 0, 500, 100_000, 500],
	['stands still', 700, 0, 100_000, 700],
	['ends where not all is known yet', 94_000, 1_500, 100_000, null],
	['never shows the future', 200_000, 0, 100_000, null]
])('time %s', (_, moment, by, now, next) => {
	expect(advance(moment, by, now)).toBe(next);
});
