import { describe, expect, test } from 'vitest';
import type { Invocation } from '../invocation.ts';
import { buildTimeline } from './build-timeline.ts';
import { explain, isCancelRequested } from './explain.ts';
import type { Lock } from './explain.ts';
import backingOff from './fixtures/backing-off.json' with { type: 'json' };
import cancelled from './fixtures/cancelled.json' with { type: 'json' };
import confirmed from './fixtures/confirmed.json' with { type: 'json' };
import declined from './fixtures/declined.json' with { type: 'json' };
import { known } from './fixtures/known.ts';
import type { Sample } from './fixtures/known.ts';
import { blankItem } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';

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

const build = (sample: Sample) => buildTimeline(known(sample));

const say = (change: Partial<Invocation>, sample: Sample | null = null, lock: Lock | null = null) =>
	explain({ ...invocation, ...change }, sample ? build(sample) : [], lock);

/** The confirmed checkout as it was when `entries` of its journal were there. */
const until = (entries: number): Sample => ({ journal: confirmed.journal.slice(0, entries) });

describe('explain', () => {
	test('backing off: how often, where, and when it goes on', () => {
		const failure = { code: 503, message: 'Payment gateway answered 503' };
		const change = { retryCount: 4, failedStep: 'Authorise payment', nextRetryAt: 99, failure };
		expect(say({ status: 'backing-off', ...change }, backingOff)).toEqual({
			text: 'Failed 4 times at “Authorise payment”; next attempt',
			until: 99,
			invocationId: null,
			cause: 'Payment gateway answered 503'
		});
	});

	test('suspended: what it waits for, with the invocation behind it', () => {
		expect(say({ status: 'suspended' }, until(7))).toEqual({
			text: 'Waits for UserSession/carol/open and 1 more',
			until: null,
			invocationId: 'inv_12dm1rztttCm11B5DkuSttQadVUfeY0SXv',
			cause: null
		});
		expect(say({ status: 'suspended' }, until(10)).text).toBe('Waits for “Authorise payment”');
		expect(say({ status: 'suspended' }).text).toBe('Waits for a result or a signal');
	});

	test.each([
		[['inv_3', 'inv_1'], 'Waits for its key, which is locked, as number 2 of 3 in the queue'],
		[['inv_3'], 'Waits for its key, which is locked']
	])('pending: who holds the lock, and its place behind %j', (queue, text) => {
		expect(say({ status: 'pending' }, null, { holder: 'inv_2', waiting: 3, queue })).toMatchObject({
			text,
			invocationId: 'inv_2'
		});
	});

	test('running: which step it is at, and that attempts failed before', () => {
		expect(say({ status: 'running', retryCount: 2 }, until(10)).text).toBe(
			'An attempt is running now: it is at “Authorise payment”, after it failed 2 times'
		);
	});

	test('paused: the last failure, which Restate itself has forgotten by then', () => {
		const pause: TimelineItem = {
			...blankItem,
			id: 'e',
			at: 0,
			source: 'journal',
			kind: 'pause',
			verb: 'Paused',
			subject: 'Payment gateway answered 500',
			note: 'at “Capture payment”'
		};
		expect(explain({ ...invocation, status: 'paused' }, [pause], null)).toMatchObject({
			text: 'Paused after its attempts failed at “Capture payment”; it goes on only when somebody resumes it',
			cause: 'Payment gateway answered 500'
		});
	});

	test('failed: at which step, and that the rest was undone', () => {
		const failure = { code: 402, message: 'Payment Failed: Your card was declined.' };
		expect(say({ status: 'failed', failure }, declined)).toMatchObject({
			text: 'Failed at “Authorise payment”; what it had done before has been undone',
			cause: 'Payment Failed: Your card was declined.'
		});
	});

	test('a cancel that its compensations still carry out', () => {
		const half = { ...cancelled, journal: cancelled.journal.slice(0, 14) };
		expect(isCancelRequested(build(half))).toBe(true);
		expect(say({ status: 'running' }, half).text).toBe(
			'Cancel requested: compensating. An attempt is running now: it is at “Void or refund payment”'
		);
		expect(isCancelRequested(build(confirmed))).toBe(false);
		expect(say({ status: 'cancelled' }, cancelled).text).toBe(
			'Cancelled; what it had done before has been undone'
		);
	});

	test.each([
		[{ status: 'paused' }, 'Paused; it goes on only when somebody resumes it'],
		[{ status: 'scheduled', startsAt: 7 }, 'Starts'],
		[{ status: 'pending' }, 'Waits for its turn'],
		[{ status: 'killed' }, 'Ended at once: no compensation has run'],
		[{ status: 'failed' }, 'Completed with an error'],
		[{ status: 'succeeded' }, 'Completed with a result'],
		[{ status: 'cancelled' }, 'Cancelled']
	] as const)('%j', (change, text) => {
		expect(say(change).text).toBe(text);
	});
});
