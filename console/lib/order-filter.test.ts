import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ORDER_STATUSES } from '$shared/order.ts';
import {
	parseOrderCursor,
	parseOrderFilter,
	printOrderCursor,
	printOrderFilter,
	readTerm
} from './order-filter.ts';
import type { OrderFilter } from './order-filter.ts';
import { RECENT } from './time-range.ts';

const read = (query: string) => parseOrderFilter(new URLSearchParams(query));

describe('parseOrderFilter', () => {
	test('reads back whatever it prints', () => {
		const filter: fc.Arbitrary<OrderFilter> = fc.record({
			term: fc.option(fc.stringMatching(/^[!-~]{1,40}$/)),
			statuses: fc.subarray([...ORDER_STATUSES]),
			eventId: fc.option(fc.stringMatching(/^[A-Za-z0-9._-]{1,64}$/)),
			range: fc.option(
				fc.oneof(
					fc.record({ kind: fc.constant('recent' as const), span: fc.constantFrom(...RECENT) }),
					fc.record({
						kind: fc.constant('between' as const),
						from: fc.integer({ min: 0, max: 1e12 }),
						to: fc.integer({ min: 1e12, max: 2e12 })
					})
				)
			)
		});
		fc.assert(
			fc.property(filter, (value) => {
				expect(parseOrderFilter(printOrderFilter(value))).toEqual({ ok: true, value });
			})
		);
	});

	test.each([
		['status=PAID', /"PAID" is not a status; use one of OPEN, CONFIRMED/],
		['event=a%20b', /"a b" is not an event ID/],
		['range=2h', /"2h" is not a range/],
		['q=a%00b', /control character/],
		[`q=${'x'.repeat(257)}`, /longer than 256/]
	])('refuses "%s"', (query, message) => {
		expect(read(query)).toMatchObject({
			ok: false,
			message: expect.stringMatching(message) as string
		});
	});
});

test.each([
	['ord_1abc', { kind: 'order', prefix: 'ord_1abc' }],
	['inv_1abc', { kind: 'order', prefix: 'ord_1abc' }],
	['pi_1', { kind: 'payment', prefix: 'pi_1' }],
	['concert-1:S1-A-7', { kind: 'seat', key: 'concert-1:S1-A-7' }],
	['a@b.c', { kind: 'email', address: 'a@b.c' }],
	['S1-A-7', { kind: 'user', prefix: 'S1-A-7' }]
])('readTerm tells what "%s" is', (term, expected) => {
	expect(readTerm(term)).toEqual(expected);
});

test('a cursor reads back, and a mangled one is refused', () => {
	const cursor = { createdAt: 17, id: 'ord_1abcdefgh' };
	const params = new URLSearchParams({ before: printOrderCursor(cursor) });
	expect(parseOrderCursor(params)).toEqual({ ok: true, value: cursor });
	expect(parseOrderCursor(new URLSearchParams('before=17.x'))).toMatchObject({ ok: false });
});
