import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	AUDIT_OUTCOMES,
	NO_AUDIT_FILTER,
	kindOfTarget,
	parseAuditCursor,
	parseAuditFilter,
	printAuditFilter,
	toggleOutcome
} from './audit-filter.ts';
import type { AuditFilter } from './audit-filter.ts';
import { RECENT } from './time-range.ts';
import type { TimeRange } from './time-range.ts';

const parse = (query: string) => parseAuditFilter(new URLSearchParams(query));

const text = fc
	.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' })
	.map((value) => value.trim())
	.filter((value) => value !== '');
const range: fc.Arbitrary<TimeRange> = fc.oneof(
	fc.constantFrom(...RECENT).map((span) => ({ kind: 'recent' as const, span })),
	fc
		.tuple(fc.nat(1e12), fc.nat(1e9))
		.map(([from, length]) => ({ kind: 'between' as const, from, to: from + length }))
);
const filters: fc.Arbitrary<AuditFilter> = fc.record({
	outcomes: fc.subarray([...AUDIT_OUTCOMES]),
	actor: fc.option(text),
	action: fc.option(text),
	target: fc.option(text),
	text: fc.option(text),
	range: fc.option(range)
});

describe('an audit filter', () => {
	test('is in the address what it is', () => {
		fc.assert(
			fc.property(filters, (filter) => {
				expect(parse(printAuditFilter(filter).toString())).toEqual({ ok: true, value: filter });
			})
		);
	});

	test('leaves an empty form’s fields out', () => {
		expect(parse('outcome=&actor=&action=+&range=&from=&to=')).toEqual({
			ok: true,
			value: NO_AUDIT_FILTER
		});
	});

	test.each([
		['outcome=lost', '"lost" is not an outcome'],
		['range=2y', '"2y" is not a range'],
		['from=yesterday', '"from" is not a time'],
		[`text=${'x'.repeat(201)}`, 'longer than 200'],
		['actor=a%00b', 'control character']
	])('refuses %s', (query, message) => {
		const parsed = parse(query);
		expect(parsed.ok ? '' : parsed.message).toContain(message);
	});

	test('switches an outcome on and off', () => {
		const on = toggleOutcome(NO_AUDIT_FILTER, 'refused');
		expect(on.outcomes).toEqual(['refused']);
		expect(toggleOutcome(on, 'refused')).toEqual(NO_AUDIT_FILTER);
	});

	test.each([
		['', null],
		['before=17', 17]
	])('a cursor of %j', (query, value) => {
		expect(parseAuditCursor(new URLSearchParams(query))).toEqual({ ok: true, value });
	});

	test.each(['before=0', 'before=-1', 'before=1e3', 'before='])('no cursor: %s', (query) => {
		expect(parseAuditCursor(new URLSearchParams(query))).toMatchObject({ ok: false });
	});

	test.each([
		['concert-1:S1-A-7', 'seat'],
		['ord_1abcdefgh', 'order'],
		['inv_1abcdefgh', 'invocation'],
		['dp_1abcdefgh', 'deployment'],
		['chg_1abcdefgh', 'change'],
		['concert-1', 'other'],
		['http://localhost:9080', 'other']
	])('%s is a target of kind %s', (target, kind) => {
		expect(kindOfTarget(target)).toBe(kind);
	});
});
