import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INVOCATION_STATUSES } from './invocation.ts';
import { RECENT } from './time-range.ts';
import type { TimeRange } from './time-range.ts';
import {
	NO_FILTER,
	isFiltered,
	TEXT_FIELD_NAMES,
	TIME_FIELDS,
	parseFilter,
	printFilter,
	toggleStatus
} from './invocation-filter.ts';
import type { InvocationFilter } from './invocation-filter.ts';

const parse = (query: string) => parseFilter(new URLSearchParams(query));

describe('parseFilter', () => {
	test.each([
		['', NO_FILTER],
		['status=&service=&key=+', NO_FILTER],
		['status=paused&status=failed&status=paused', { statuses: ['paused', 'failed'] }],
		[
			'service=Checkout&handler=checkout&key=demo%3A101-*&error=declined&idempotency=click-1',
			{
				service: 'Checkout',
				handler: 'checkout',
				key: 'demo:101-*',
				error: 'declined',
				idempotencyKey: 'click-1'
			}
		],
		[
			'order=ord_1kV86Rcz2qE8&caller=Checkout/checkout&retries=3',
			{
				order: 'ord_1kV86Rcz2qE8',
				caller: 'Checkout/checkout',
				retries: 3
			}
		],
		['created=15m&completed=..', { created: { kind: 'recent', span: '15m' } }],
		[
			'modified=2026-11-22T17:03..',
			{
				modified: { kind: 'between', from: Date.UTC(2026, 10, 22, 17, 3), to: null }
			}
		],
		[
			'completed=..2026-11-22T17:03:00.250Z',
			{
				completed: { kind: 'between', from: null, to: Date.UTC(2026, 10, 22, 17, 3, 0, 250) }
			}
		]
	])('%s', (query, expected) => {
		expect(parse(query)).toEqual({ ok: true, value: { ...NO_FILTER, ...expected } });
	});

	test.each([
		['status=broken', /"broken" is not a status; use one of running,/],
		[`error=${'x'.repeat(201)}`, /"error" is longer than 200/],
		['key=%00', /"key" holds a control character/],
		['order=inv_1kV86Rcz2qE8', /is not an order ID/],
		["caller=inv_x' OR", /is not an invocation ID/],
		['retries=0', /"retries" is the least number of failed attempts, such as 3, not "0"/],
		['retries=1.5', /not "1.5"/],
		['created=2h', /"created": "2h" is not a range; use one of 15m/],
		['modified=2026-11-23..2026-11-22', /"modified": "from" is later than "to"/],
		['completed=soon..', /"completed": "from" is not a time/]
	])('refuses %s', (query, message) => {
		const parsed = parse(query);
		expect(parsed.ok ? null : parsed.message).toMatch(message);
	});

	test('reads back what printFilter wrote', () => {
		const text = fc
			.string({ unit: 'grapheme', maxLength: 40 })
			.map((s) => s.trim())
			.filter((s) => s !== '' && !s.startsWith('inv_') && !/\p{Cc}/u.test(s));
		const moment = fc.option(fc.integer({ min: 0, max: 4e12 }));
		const times: fc.Arbitrary<TimeRange> = fc.oneof(
			fc.record({ kind: fc.constant('recent' as const), span: fc.constantFrom(...RECENT) }),
			fc
				.tuple(moment, moment)
				.filter(([from, to]) => (from ?? to) !== null && (from ?? 0) <= (to ?? Infinity))
				.map(([from, to]) => ({ kind: 'between' as const, from, to }))
		);
		const each = <T>(value: fc.Arbitrary<T>, n: number) =>
			fc.array(fc.option(value), { minLength: n, maxLength: n });
		const zip = <T>(names: readonly string[], values: T[]) =>
			Object.fromEntries(values.map((value, n) => [names[n] ?? '', value]));
		const filter = fc
			.tuple(
				each(text, TEXT_FIELD_NAMES.length),
				each(times, TIME_FIELDS.length),
				fc.subarray([...INVOCATION_STATUSES]),
				fc.option(fc.integer({ min: 1, max: 1000 })),
				fc.option(fc.stringMatching(/^ord_[0-9A-Za-z]{8,20}$/))
			)
			.map(([texts, ranges, statuses, retries, order]): InvocationFilter => ({
				...NO_FILTER,
				...zip(TEXT_FIELD_NAMES, texts),
				...zip(TIME_FIELDS, ranges),
				statuses,
				retries,
				order
			}));
		fc.assert(
			fc.property(filter, (value) => {
				const url = new URL(`http://nexus/?${printFilter(value)}`);
				expect(parseFilter(url.searchParams)).toEqual({ ok: true, value });
				expect(isFiltered(value)).toBe(url.search !== '');
			})
		);
	});
});

test('toggleStatus switches one on and off and keeps the order of statuses', () => {
	const on = toggleStatus({ ...NO_FILTER, statuses: ['failed'] }, 'running');
	expect(on.statuses).toEqual(['running', 'failed']);
	expect(toggleStatus(on, 'failed').statuses).toEqual(['running']);
});
