import { describe, expect, it } from 'vitest';
import { parseSearchQuery, SearchQueryError } from './search-query.ts';

const order = { field: 'metadata', key: 'order_id', value: 'ord_1' };
const held = { field: 'status', value: 'requires_capture' };

describe('parseSearchQuery', () => {
	it.each([
		["metadata['order_id']:'ord_1'", [order]],
		['metadata["order_id"]:"ord_1"', [order]],
		["  metadata['order_id'] : 'ord_1'  ", [order]],
		["status:'requires_capture' AND metadata['order_id']:'ord_1'", [held, order]],
		["status:'requires_capture' and metadata['order_id']:'ord_1'", [held, order]],
		[String.raw`metadata['na\'me']:'it\'s'`, [{ field: 'metadata', key: "na'me", value: "it's" }]],
		["metadata['a']:'x AND y'", [{ field: 'metadata', key: 'a', value: 'x AND y' }]]
	])('reads %s', (query, clauses) => {
		expect(parseSearchQuery(query)).toEqual(clauses);
	});

	it.each([
		['', 'position 0'],
		["status:'a' OR status:'b'", 'position 11'],
		["status:'a' AND ", 'position 15'],
		["status~'a'", 'position 0'],
		["-status:'a'", 'position 0'],
		['status:succeeded', 'position 0'],
		["metadata[order_id]:'x'", 'position 0'],
		["amount:'5'", '`amount` is not searchable']
	])('refuses %j', (query, complaint) => {
		expect(() => parseSearchQuery(query)).toThrow(SearchQueryError);
		expect(() => parseSearchQuery(query)).toThrow(complaint);
	});
});
