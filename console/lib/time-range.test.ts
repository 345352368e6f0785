import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundsOf, parseRange, printRange, RECENT } from './time-range.ts';
import type { TimeRange } from './time-range.ts';

const read = (query: string) => parseRange(new URLSearchParams(query), '1h');

describe('parseRange', () => {
	it.each([
		['', { kind: 'recent', span: '1h' }],
		['range=7d', { kind: 'recent', span: '7d' }],
		['from=2026-11-22T17:03', { kind: 'between', from: Date.UTC(2026, 10, 22, 17, 3), to: null }],
		[
			'range=7d&to=2026-11-22T17:03:04.5%2B01:00',
			{ kind: 'between', from: null, to: Date.UTC(2026, 10, 22, 16, 3, 4, 500) }
		],
		['from=2026-11-22', { kind: 'between', from: Date.UTC(2026, 10, 22), to: null }]
	])('reads "%s"', (query, value) => {
		expect(read(query)).toEqual({ ok: true, value });
	});

	it.each([
		['range=2h', '"2h" is not a range; use one of 15m, 1h, 6h, 24h, 7d'],
		['from=yesterday', '"from" is not a time; write it as 2026-11-22T17:03:00Z'],
		['to=2026-13-45', '"to" is not a time; write it as 2026-11-22T17:03:00Z'],
		['from=2026-11-23&to=2026-11-22', '"from" is later than "to"']
	])('refuses "%s"', (query, message) => {
		expect(read(query)).toEqual({ ok: false, message });
	});

	it('reads back whatever it prints', () => {
		const moment = fc.option(fc.integer({ min: 0, max: 4e12 }));
		const range: fc.Arbitrary<TimeRange> = fc.oneof(
			fc.record({ kind: fc.constant('recent' as const), span: fc.constantFrom(...RECENT) }),
			fc
				.tuple(moment, moment)
				.filter(([from, to]) => (from ?? to) !== null && (from ?? 0) <= (to ?? Infinity))
				.map(([from, to]) => ({ kind: 'between' as const, from, to }))
		);
		fc.assert(
			fc.property(range, (value) => {
				const printed = new URLSearchParams(printRange(value, '1h'));
				expect(parseRange(printed, '1h')).toEqual({ ok: true, value });
			})
		);
	});
});

it('a recent range ends now, and stays open for what is to come', () => {
	expect(boundsOf({ kind: 'recent', span: '15m' }, 1_000_000)).toEqual({ from: 100_000, to: null });
});
