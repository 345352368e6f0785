import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tickLabel, timeTicks } from './time-ticks.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const HOUR = 3_600_000;

describe('timeTicks', () => {
	it('labels round moments', () => {
		expect(timeTicks(NOON + 1, NOON + 4 * 60_000, 5)).toEqual(
			[1, 2, 3, 4].map((minute) => NOON + minute * 60_000)
		);
	});

	it('never labels more than it may, up to days', () => {
		const span = fc.integer({ min: 1000, max: 72 * HOUR });
		fc.assert(
			fc.property(fc.nat(HOUR), span, (start, length) => {
				const ticks = timeTicks(NOON + start, NOON + start + length, 6);
				expect(ticks.length).toBeLessThanOrEqual(7);
				for (const at of ticks) {
					expect(at).toBeGreaterThanOrEqual(NOON + start);
					expect(at).toBeLessThanOrEqual(NOON + start + length);
				}
			})
		);
	});
});

it.each([
	[60_000, '12:00:00'],
	[HOUR, '12:00'],
	[48 * HOUR, '11-22 12:00']
])('a label within %i ms reads %s', (span, label) => {
	expect(tickLabel(NOON, span, 'utc')).toBe(label);
});
