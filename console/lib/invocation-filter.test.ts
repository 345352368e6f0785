import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INVOCATION_STATUSES } from './invocation.ts';
import {
	NO_FILTER,
	isFiltered,
	parseCursor,
	parseFilter,
	printCursor,
	printFilter,
	toggleStatus
} from './invocation-filter.ts';

const parse = (query: string) => parseFilter(new URLSearchParams(query));

describe('parseFilter', () => {
	test.each([
		['', NO_FILTER],
		['status=&service=&key=+', NO_FILTER],
		['status=paused&status=failed&status=paused', { statuses: ['paused', 'failed'] }],
		[
			'service=Checkout&handler=checkout&key=demo%3A101-&error=declined',
			{ service: 'Checkout', handler: 'checkout', keyPrefix: 'demo:101-', error: 'declined' }
		]
	])('%s', (query, expected) => {
		expect(parse(query)).toEqual({ ok: true, value: { ...NO_FILTER, ...expected } });
	});

	test.each([
		['status=broken', /"broken" is not a status; use one of running,/],
		[`error=${'x'.repeat(201)}`, /"error" is longer than 200/],
		['key=%00', /"key" holds a control character/]
	])('refuses %s', (query, message) => {
		const parsed = parse(query);
		expect(parsed.ok ? null : parsed.message).toMatch(message);
	});

	test('reads back what printFilter wrote', () => {
		const text = fc.option(
			fc
				.string({ unit: 'grapheme', maxLength: 40 })
				.map((s) => s.trim())
				.filter((s) => s !== '' && !/\p{Cc}/u.test(s)),
			{ nil: null }
		);
		const filter = fc.record({
			statuses: fc.subarray([...INVOCATION_STATUSES]),
			service: text,
			handler: text,
			keyPrefix: text,
			error: text
		});
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

describe('cursor', () => {
	const cursor = { createdAt: 1_795_367_011_254, id: 'inv_1e3ioaXRzuZ435YRQgwOwFw0yWQb6VHYcP' };

	test('round trip', () => {
		const params = new URLSearchParams({ before: printCursor(cursor) });
		expect(parseCursor(params)).toEqual({ ok: true, value: cursor });
		expect(parseCursor(new URLSearchParams())).toEqual({ ok: true, value: null });
	});

	test.each(['', 'x', '12', '12.', "12.inv_aaaaaaaaaa' OR", '-1.inv_aaaaaaaaaa'])(
		'refuses %j',
		(before) => {
			expect(parseCursor(new URLSearchParams({ before }))).toMatchObject({ ok: false });
		}
	);
});
