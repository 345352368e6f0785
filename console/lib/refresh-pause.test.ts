import { expect, test } from 'vitest';
import { refreshPause } from './refresh-pause.ts';

test.each([
	[0, 3000],
	[300, 3000],
	[301, 3010],
	[2000, 20_000]
])('after %s ms it waits %s ms', (cost, pause) => {
	expect(refreshPause(cost)).toBe(pause);
});
