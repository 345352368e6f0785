import { describe, expect, test } from 'vitest';
import { isReadOnly } from './read-only.ts';

describe('isReadOnly', () => {
	test.each([
		[undefined, false],
		['', false],
		['0', false],
		[' False ', false],
		['1', true],
		['true', true],
		['on', true],
		['no', true]
	])('%j: %s', (setting, expected) => {
		expect(isReadOnly(setting)).toBe(expected);
	});
});
