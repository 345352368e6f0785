import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { StoredLog } from '$shared/log-row.ts';
import { mergeLogs } from './log-reading.ts';

const log = (id: number, at: number): StoredLog => ({
	...{ id, at, kind: 'line', level: 'info', message: 'x' },
	...{ invocationId: null, service: null, handler: null, key: null },
	...{ fields: null, outcome: null, cpuMs: null, wallMs: null }
});
const rows = fc
	.uniqueArray(fc.tuple(fc.nat(50), fc.nat(9)), { selector: ([id]) => id })
	.map((pairs) => pairs.map(([id, at]) => log(id, at)));

it('keeps the newest rows, each once, newest first', () => {
	fc.assert(
		fc.property(rows, rows, fc.nat(60), (before, fresh, limit) => {
			const merged = mergeLogs(before, fresh, limit);
			const ids = merged.map(({ id }) => id);
			const all = new Set([...before, ...fresh].map(({ id }) => id));
			expect(ids).toHaveLength(Math.min(limit, all.size));
			expect(new Set(ids).size).toBe(ids.length);
			const places = merged.map(({ at, id }) => at * 100 + id);
			expect(places).toEqual(places.toSorted((a, b) => b - a));
		})
	);
});

it('puts a row that was written late where it belongs', () => {
	const merged = mergeLogs([log(3, 30), log(1, 10)], [log(4, 20)], 10);
	expect(merged.map(({ id }) => id)).toEqual([3, 4, 1]);
});
