import { expect, test } from 'vitest';
import { checkoutProgress, isRefusal, totalCounts } from './overview.ts';
import type { EventSummary } from './overview.ts';

const event = (counts: EventSummary['counts']): EventSummary => ({
	id: 'e',
	name: 'E',
	seats: 10,
	onSale: true,
	counts
});

test.each([
	[[], { available: 0, held: 0, sold: 0, overdue: 0, seats: 0 }],
	[[event(null)], undefined],
	[
		[
			event({ available: 7, held: 1, sold: 2, overdue: 1 }),
			event({ available: 10, held: 0, sold: 0, overdue: 0 })
		],
		{ available: 17, held: 1, sold: 2, overdue: 1, seats: 20 }
	]
])('totalCounts %#', (events, total) => {
	expect(totalCounts(events)).toEqual(total);
});

test('checkoutProgress tells those that move from those that do not', () => {
	const counts = {
		running: 2,
		suspended: 3,
		'backing-off': 1,
		paused: 1,
		succeeded: 50,
		failed: 9
	};
	expect(checkoutProgress(counts)).toEqual({ underWay: 5, failing: 2 });
});

test.each([
	[402, true],
	[409, true],
	[500, false],
	[null, false]
])('a failure of code %s is a refusal: %s', (code, refusal) => {
	expect(isRefusal(code)).toBe(refusal);
});
