import { describe, expect, it } from 'vitest';
import { holds, same, tally } from './evidence.ts';

describe('evidence', () => {
	it.each([
		['SOLD', 'SOLD', true, 'seat SOLD'],
		['SOLD', 'AVAILABLE', false, 'seat SOLD, not AVAILABLE'],
		[['a', 1], ['a', 1], true, 'seat a, 1'],
		[[], [], true, 'seat none'],
		[{ 200: 1 }, { 200: 2 }, false, 'seat 1 × 200, not 2 × 200'],
		[undefined, 'x', false, 'seat undefined, not x'],
		[{ action: 'refund' }, { action: 'refund' }, true, 'seat action refund']
	])('%j against %j', (actual, expected, passed, seen) => {
		expect(same('seat', 'seat', actual, expected)).toEqual({ source: 'seat', seen, passed });
	});

	it('of a condition says when it does not hold', () => {
		expect(holds('ledger', 'requests', 1, false).seen).toBe('requests 1 (wrong)');
		expect(holds('ledger', 'requests', 2, true)).toMatchObject({
			seen: 'requests 2',
			passed: true
		});
	});

	it('tallies whatever came', () => {
		expect(tally([409, 200, 409])).toEqual({ 200: 1, 409: 2 });
		expect(tally([])).toEqual({});
	});
});
