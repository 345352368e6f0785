import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_FILTER } from './invocation-filter.ts';
import {
	COLUMNS,
	NEWEST_FIRST,
	SORT_FIELDS,
	USUAL_COLUMNS,
	parseView,
	printView
} from './invocation-view.ts';
import type { InvocationView } from './invocation-view.ts';

const ID = 'inv_1e3ioaXRzuZ435YRQgwOwFw0yWQb6VHYcP';
const USUAL: InvocationView = {
	filter: NO_FILTER,
	sort: NEWEST_FIRST,
	position: null,
	columns: [...USUAL_COLUMNS]
};
const parse = (query: string) => parseView(new URLSearchParams(query));

describe('parseView', () => {
	test.each<[string, Partial<InvocationView>]>([
		['', {}],
		['sort=-created', {}],
		['sort=retries', { sort: { by: 'retries', descending: false } }],
		['service=Ticket', { filter: { ...NO_FILTER, service: 'Ticket' } }],
		[
			`after=1795367011254.${ID}`,
			{ position: { side: 'after', value: 1_795_367_011_254, id: ID } }
		],
		['before=17', { position: { side: 'before', value: 17, id: null } }],
		['columns=retries,id', { columns: ['status', 'target', 'id', 'retries'] }],
		['columns=caller&columns=journal', { columns: ['status', 'target', 'caller', 'journal'] }]
	])('%s', (query, expected) => {
		expect(parse(query)).toEqual({ ok: true, value: { ...USUAL, ...expected } });
	});

	test.each([
		['status=broken', /is not a status/],
		[
			'sort=price',
			/"price" is not an order; use one of created, modified, completed, duration, retries/
		],
		['columns=id,price', /"price" is not a column; choose from status, target/],
		['after=', /"after" is not a place/],
		['after=x', /"after" is not a place/],
		['before=12.', /"before" is not a place/],
		["after=12.inv_aaaaaaaaaa' OR", /"after" is not a place/],
		['after=-1.inv_aaaaaaaaaa', /"after" is not a place/]
	])('refuses %s', (query, message) => {
		const parsed = parse(query);
		expect(parsed.ok ? null : parsed.message).toMatch(message);
	});

	test('reads back what printView wrote', () => {
		const view = fc.record({
			filter: fc.constantFrom(NO_FILTER, { ...NO_FILTER, key: 'concert-1:*' }),
			sort: fc.record({ by: fc.constantFrom(...SORT_FIELDS), descending: fc.boolean() }),
			position: fc.option(
				fc.record({
					side: fc.constantFrom('after' as const, 'before' as const),
					value: fc.integer({ min: 0, max: 4e12 }),
					id: fc.constantFrom(null, ID)
				})
			),
			columns: fc
				.subarray(COLUMNS.slice(2))
				.map((chosen) => ['status' as const, 'target' as const, ...chosen])
		});
		fc.assert(
			fc.property(view, (value) => {
				const url = new URL(`http://nexus/?${printView(value)}`);
				expect(parseView(url.searchParams)).toEqual({ ok: true, value });
			})
		);
	});
});
