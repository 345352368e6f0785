import { describe, expect, it } from 'vitest';
import { findStuck, OVERDUE_GRACE_MS } from './attention.ts';
import type { CheckoutState, Hold } from './attention.ts';

const NOW = 1_000_000;
const READ_AT = NOW - 1000;
const hold = (patch: Partial<Hold>): Hold => ({
	seat: 'A-1',
	holder: 'alice',
	until: NOW + 60_000,
	checkoutId: 'inv_1',
	changedAt: NOW - 30_000,
	epoch: 4,
	...patch
});
const checkout = (patch: Partial<CheckoutState>): CheckoutState => ({
	status: 'running',
	retries: 0,
	failure: null,
	...patch
});
const judge = (patch: Partial<Hold>, state?: Partial<CheckoutState>) =>
	findStuck([hold(patch)], new Map(state && [['inv_1', checkout(state)]]), {
		readAt: READ_AT,
		now: NOW
	}).map(({ reason }) => reason);

describe('a hold', () => {
	it.each<[string, Partial<Hold>, Partial<CheckoutState> | undefined, string[]]>([
		['of a checkout under way', {}, {}, []],
		['of one that waits', {}, { status: 'suspended' }, []],
		['of one that waits for its turn', {}, { status: 'pending' }, []],
		['of nobody’s checkout', { checkoutId: null }, undefined, []],
		['that never lapses', { checkoutId: null, until: null }, undefined, []],
		['that lapsed just now', { until: NOW - OVERDUE_GRACE_MS + 1 }, {}, []],
		['that lapsed and stayed', { until: NOW - OVERDUE_GRACE_MS }, {}, ['overdue']],
		[
			'that lapsed, with no checkout',
			{ checkoutId: null, until: NOW - 60_000 },
			undefined,
			['overdue']
		],
		['of a checkout that is gone', {}, undefined, ['orphaned']],
		['of a killed one', {}, { status: 'killed' }, ['orphaned']],
		['of one that ended well', {}, { status: 'succeeded' }, ['orphaned']],
		['of a paused one', {}, { status: 'paused', failure: '503' }, ['paused']],
		['of one that backs off', {}, { status: 'backing-off', retries: 3 }, ['failing']],
		['of one that is tried again now', {}, { status: 'running', retries: 1 }, ['failing']],
		['younger than what is known of checkouts', { changedAt: READ_AT - 1000 }, undefined, []]
	])('%s', (_, patch, state, expected) => {
		expect(judge(patch, state)).toEqual(expected);
	});

	it('says what is wrong, in words', () => {
		const [seat] = findStuck(
			[hold({})],
			new Map([['inv_1', checkout({ status: 'paused', failure: 'the gateway is down' })]]),
			{ readAt: READ_AT, now: NOW }
		);
		expect(seat).toEqual({
			seat: 'A-1',
			reason: 'paused',
			why: 'Its checkout is paused: the gateway is down',
			holder: 'alice',
			until: NOW + 60_000,
			checkoutId: 'inv_1',
			checkoutLive: true,
			epoch: 4
		});
	});
});

it.each<[string, Partial<CheckoutState> | undefined, boolean]>([
	['under way', {}, true],
	['paused', { status: 'paused' }, true],
	['killed', { status: 'killed' }, false],
	['gone', undefined, false]
])('tells of a lapsed hold that its checkout is %s', (_, state, live) => {
	const checkouts = new Map(state && [['inv_1', checkout(state)]]);
	const lapsed = [hold({ until: NOW - 60_000 })];
	const [seat] = findStuck(lapsed, checkouts, { readAt: READ_AT, now: NOW });
	expect(seat).toMatchObject({ reason: 'overdue', checkoutLive: live, epoch: 4 });
});

it('puts the worst first, and of those the longest lapsed', () => {
	const holds = [
		hold({ seat: 'failing', checkoutId: 'inv_f' }),
		hold({ seat: 'lapsed', until: NOW - 10_000 }),
		hold({ seat: 'gone', checkoutId: 'inv_g' }),
		hold({ seat: 'long lapsed', until: NOW - 90_000 })
	];
	const checkouts = new Map([['inv_f', checkout({ status: 'backing-off', retries: 2 })]]);
	const stuck = findStuck(holds, checkouts, { readAt: READ_AT, now: NOW });
	expect(stuck.map(({ seat }) => seat)).toEqual(['long lapsed', 'lapsed', 'gone', 'failing']);
});
