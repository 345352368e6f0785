import { expect, test } from 'vitest';
import { readScope, totalCounts, totalRate, totalTaken, underWay } from './overview.ts';
import { eventOf, sampleOf } from './overview-fixture.ts';
import type { EventSummary } from './overview.ts';

const event = (sample: EventSummary['sample']) => eventOf({ seats: 10, sample });

test.each([
	[[], { available: 0, held: 0, sold: 0, overdue: 0, seats: 0 }],
	[[event(null)], undefined],
	[
		[
			event(sampleOf({ available: 7, held: 1, sold: 2, overdue: 1 })),
			event(sampleOf({ available: 10 })),
			event(null)
		],
		{ available: 17, held: 1, sold: 2, overdue: 1, seats: 20 }
	]
])('totalCounts %#', (events, total) => {
	expect(totalCounts(events)).toEqual(total);
});

test('totalRate adds up those that were sampled, and does not know without any', () => {
	expect(totalRate([eventOf({}), eventOf({})])).toBeUndefined();
	const rates = [{ reserved: 5, sold: 2 }, null, { reserved: 1, sold: 0 }];
	expect(totalRate(rates.map((perMinute) => eventOf({ perMinute })))).toEqual({
		reserved: 6,
		sold: 2
	});
});

test('totalTaken adds up by currency, the largest sum first', () => {
	const eur = (amount: number) => ({ amount, currency: 'EUR' });
	const events = [
		eventOf({ taken: [eur(100), { amount: 700, currency: 'TWD' }] }),
		eventOf({ taken: [eur(250)] }),
		eventOf({})
	];
	expect(totalTaken(events)).toEqual([{ amount: 700, currency: 'TWD' }, eur(350)]);
});

test('underWay counts those that make their way', () => {
	const counts = {
		running: 2,
		suspended: 3,
		'backing-off': 1,
		paused: 1,
		succeeded: 50,
		failed: 9
	};
	expect(underWay(counts)).toBe(5);
});

test.each([
	['', 'faults'],
	['failures=all', 'all'],
	['failures=capture', 'capture'],
	['failures=nonsense', 'faults']
])('the scope of ?%s is %s', (search, scope) => {
	expect(readScope(new URLSearchParams(search))).toBe(scope);
});
