import { expect, test } from 'vitest';
import { failuresQuery } from './failures.ts';
import { readSeatCounts } from './overview.ts';

test('readSeatCounts keeps lapsed holds apart and leaves out seats stored as available', () => {
	const rows = [
		{ event: 'a', status: 'SOLD', overdue: false, n: 5 },
		{ event: 'a', status: 'RESERVED', overdue: false, n: 2 },
		{ event: 'a', status: 'RESERVED', overdue: true, n: 1 },
		{ event: 'b', status: 'AVAILABLE', overdue: false, n: 9 }
	];
	expect([...readSeatCounts(rows)]).toEqual([
		['a', { held: 2, sold: 5, overdue: 1 }],
		['b', { held: 0, sold: 0, overdue: 0 }]
	]);
});

test('only faults leaves out what the service refuses by design', () => {
	expect(failuresQuery('faults', 5)).toContain("NOT starts_with(completion_failure, '[402]')");
	expect(failuresQuery('all', 5)).not.toContain('[402]');
});
