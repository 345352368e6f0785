import { expect, test } from 'vitest';
import { returnOf } from './seat-return.ts';

test.each([
	['free again', null, 'AVAILABLE', false, 'gone'],
	['another has it', 'other', 'RESERVED', false, 'gone'],
	['another bought it', 'other', 'SOLD', true, 'gone'],
	['held still', 'hold', 'RESERVED', false, 'awaited'],
	['confirmed, and the checkout goes on, to give it back', 'hold', 'SOLD', false, 'awaited'],
	['killed amid its compensation: the hold lapses by itself', 'hold', 'RESERVED', true, 'awaited'],
	['bought before the cancel came', 'hold', 'SOLD', true, 'bought']
] as const)('%s', (_, holdId, status, ended, expected) => {
	expect(returnOf({ holdId, status }, { holdId: 'hold', ended })).toBe(expected);
});
