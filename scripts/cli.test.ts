import { describe, expect, it } from 'vitest';
import { numberWithin, wholeNumber } from './cli.ts';

describe('numbers from the command line', () => {
	it('are read within their bounds', () => {
		expect(wholeNumber('--n', '12', 1, 20)).toBe(12);
		expect(numberWithin('--r', '0.25', 0, 1)).toBe(0.25);
	});

	it.each(['', ' ', 'x', '1.5', '0', '21', 'NaN'])('refuses %j, naming the option', (value) => {
		expect(() => wholeNumber('--n', value, 1, 20)).toThrow(
			`--n must be a whole number from 1 to 20, not "${value}"`
		);
	});

	it.each(['', 'x', '-0.1', '1.1', 'NaN'])('refuses the rate %j', (value) => {
		expect(() => numberWithin('--r', value, 0, 1)).toThrow('--r must be a number from 0 to 1');
	});
});
