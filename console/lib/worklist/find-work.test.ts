import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS, readThresholds } from './facts.ts';
import { findWork } from './find-work.ts';
import { mismatches } from './mismatches.ts';
import {
	CHECKOUT,
	doubt,
	facts,
	hold,
	invocation,
	LONG_AGO,
	NOW,
	order,
	ORDER,
	SEAT,
	sold
} from './work-fixture.ts';

const find = (given: ReturnType<typeof facts>) => findWork(given, DEFAULT_THRESHOLDS);

test('nothing is found where nothing is wrong', () => {
	expect(find(facts({ invocations: [invocation()], holds: [hold()] }))).toEqual([]);
});

test('what is found about one subject is one item, of its worst kind, found by each', () => {
	const [item, ...others] = find(
		facts({ invocations: [invocation({ status: 'paused' })], holds: [hold()] })
	);
	expect(others).toEqual([]);
	expect(item).toMatchObject({
		id: `stalled:invocation:${CHECKOUT}`,
		also: [{ kind: 'orphaned' }],
		events: ['gala'],
		since: LONG_AGO
	});
});

test('an item keeps its name while what is known of it grows', () => {
	const given = doubt(order(), [sold({ status: 'AVAILABLE', orderId: null })]);
	const [before] = find(given);
	const [after] = find({ ...given, now: NOW + 60_000, readAt: NOW + 60_000 });
	expect(before?.id).toBe(`seat-missing:order:${ORDER}`);
	expect(after?.id).toBe(before?.id);
	expect(after?.fingerprint).toBe(before?.fingerprint);
});

test('who loses comes before who waits, and both before a seat that is blocked', () => {
	const given = {
		...doubt(order(), [sold({ status: 'AVAILABLE', orderId: null })]),
		invocations: [invocation({ id: 'inv_other', status: 'paused' })],
		holds: [hold({ seat: 'gala:B-1', checkoutId: null, until: 0 })]
	};
	expect(find(given).map(({ kind }) => kind)).toEqual(['seat-missing', 'stalled', 'lapsed']);
});

test('of two alike the one with more at stake comes first, then the older one', () => {
	const lapsed = (seat: string, until: number) => hold({ seat, checkoutId: null, until });
	const given = facts({ holds: [lapsed('gala:B-1', NOW - 60_000), lapsed('gala:B-2', LONG_AGO)] });
	expect(find(given).map(({ about }) => about.id)).toEqual(['gala:B-2', 'gala:B-1']);
});

describe('sold seats against confirmed orders', () => {
	test.each([
		['alike', [{ seat: SEAT, order: ORDER }], [{ seat: SEAT, order: ORDER }], []],
		[
			'sold to another',
			[{ seat: SEAT, order: 'ord_b' }],
			[{ seat: SEAT, order: ORDER }],
			[ORDER, 'ord_b']
		],
		['not sold', [], [{ seat: SEAT, order: ORDER }], [ORDER]],
		['in no order', [{ seat: SEAT, order: ORDER }], [], [ORDER]],
		['sold to none', [{ seat: SEAT }], [], []],
		[
			'in two',
			[{ seat: SEAT, order: ORDER }],
			[
				{ seat: SEAT, order: ORDER },
				{ seat: SEAT, order: 'ord_b' }
			],
			[ORDER, 'ord_b']
		]
	])('%s', (name, seats, confirmed, orders) => {
		const expected = name === 'alike' ? [] : [{ seat: SEAT, orders }];
		expect(mismatches(seats, confirmed)).toEqual(expected);
	});
});

describe('thresholds', () => {
	test('are the usual ones but for those that are given', () => {
		expect(readThresholds(undefined)).toBe(DEFAULT_THRESHOLDS);
		expect(readThresholds('{"mail":5}')).toEqual({ ...DEFAULT_THRESHOLDS, mail: 5 });
	});

	test.each(['{"mails":5}', '{"mail":-1}', '{"mail":"soon"}', '7'])('refuse %s', (text) => {
		expect(() => readThresholds(text)).toThrow(/threshold/);
	});
});
