import { describe, expect, test } from 'vitest';
import type { Invocation } from '../invocation.ts';
import { buildTimeline } from './build-timeline.ts';
import { explain, isCancelRequested } from './explain.ts';
import type { Lock } from './explain.ts';
import backingOff from './fixtures/backing-off.json' with { type: 'json' };
import cancelled from './fixtures/cancelled.json' with { type: 'json' };
import confirmed from './fixtures/confirmed.json' with { type: 'json' };

const invocation: Invocation = {
	id: 'inv_1',
	status: 'running',
	service: 'Checkout',
	key: null,
	handler: 'checkout',
	createdAt: 0,
	modifiedAt: 0,
	completedAt: null,
	startsAt: null,
	retryCount: 0,
	nextRetryAt: null,
	failure: null,
	failedStep: null
};

const say = (
	change: Partial<Invocation>,
	sample: Parameters<typeof buildTimeline>[0] | null = null,
	lock: Lock | null = null
) => explain({ ...invocation, ...change }, sample ? buildTimeline(sample) : [], lock);

/** The confirmed checkout as it was when `entries` of its journal were there. */
const until = (entries: number) => ({
	journal: confirmed.journal.slice(0, entries),
	events: [],
	logs: []
});

describe('explain', () => {
	test('backing off: how often, where, and when it goes on', () => {
		const change = { retryCount: 4, failedStep: 'Authorise payment', nextRetryAt: 99 };
		expect(say({ status: 'backing-off', ...change }, { ...backingOff, logs: [] })).toEqual({
			text: 'Failed 4 times at “Authorise payment”; next attempt',
			until: 99,
			invocationId: null
		});
	});

	test('suspended: what it waits for, with the invocation behind it', () => {
		expect(say({ status: 'suspended' }, until(7))).toEqual({
			text: 'Waits for UserSession/carol/open and 1 more',
			until: null,
			invocationId: 'inv_12dm1rztttCm11B5DkuSttQadVUfeY0SXv'
		});
		expect(say({ status: 'suspended' }, until(10)).text).toBe('Waits for “Authorise payment”');
		expect(say({ status: 'suspended' }).text).toBe('Waits for a signal');
	});

	test('pending: who holds the lock', () => {
		expect(say({ status: 'pending' }, null, { holder: 'inv_2', waiting: 3 })).toMatchObject({
			text: 'Waits for its key, which is locked',
			invocationId: 'inv_2'
		});
	});

	test('a cancel that its compensations still carry out', () => {
		const half = { ...cancelled, journal: cancelled.journal.slice(0, 14), logs: [] };
		expect(isCancelRequested(buildTimeline(half))).toBe(true);
		expect(say({ status: 'running' }, half).text).toBe(
			'Cancel requested: compensating. An attempt is running now'
		);
		expect(isCancelRequested(buildTimeline({ ...confirmed, logs: [] }))).toBe(false);
	});

	test.each([
		[
			{ status: 'paused', retryCount: 1 },
			'Paused after it failed once; it will not go on by itself'
		],
		[{ status: 'scheduled', startsAt: 7 }, 'Starts'],
		[{ status: 'pending' }, 'Waits for its turn'],
		[{ status: 'killed' }, 'Ended at once: no compensation has run'],
		[{ status: 'cancelled' }, 'Cancelled, and its compensations have run']
	] as const)('%j', (change, text) => {
		expect(say(change).text).toBe(text);
	});
});
