import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../facts.ts';
import type { LiveInvocation, WorkFacts } from '../facts.ts';
import { CHECKOUT, facts, hold, invocation, NOW, order, ORDER, ordersOf } from '../work-fixture.ts';
import { progressFindings } from './progress.ts';

const find = (each: Partial<LiveInvocation>, change: Partial<WorkFacts> = {}) =>
	progressFindings(facts({ invocations: [invocation(each)], ...change }), DEFAULT_THRESHOLDS);

const { backingOff, silent, mail } = DEFAULT_THRESHOLDS;
const failing = {
	status: 'backing-off',
	retryCount: 4,
	failure: '503',
	failedStep: 'Authorise payment'
} as const;

describe('a checkout', () => {
	test.each([
		['paused', { status: 'paused', modifiedAt: NOW - 1 }, 'resume'],
		['tried again for too long', { ...failing, modifiedAt: NOW - backingOff }, 'retry'],
		[
			'between two attempts of such a row',
			{ ...failing, status: 'running', modifiedAt: NOW - backingOff },
			'retry'
		]
	] as const)('%s is listed', (_, change, act) => {
		expect(find(change)[0]).toMatchObject({
			kind: 'stalled',
			about: { type: 'invocation', id: CHECKOUT },
			proposals: [{ kind: act }, { kind: 'cancelCheckout' }]
		});
	});

	test('that has not moved for long is listed, to be cancelled', () => {
		const [found] = find({ status: 'suspended', modifiedAt: NOW - silent });
		expect(found).toMatchObject({ kind: 'stalled', proposals: [{ kind: 'cancelCheckout' }] });
	});

	test.each([
		['has just begun to fail', { ...failing, modifiedAt: NOW - backingOff + 1 }],
		['waits, but not for long', { status: 'suspended', modifiedAt: NOW - silent + 1 }],
		['runs well', {}]
	] as const)('that %s is not', (_, change) => {
		expect(find(change)).toEqual([]);
	});

	test('says at which step, how often, why, and what waits with it', () => {
		const [found] = find({ ...failing, modifiedAt: NOW - backingOff }, { holds: [hold()] });
		expect(found?.why).toMatch(
			/^The checkout has failed 4 times at “Authorise payment” for 2m 00s now \(503\).*A seat waits/
		);
	});

	test('with an order is about it, its buyer and its money', () => {
		const [found] = find({ status: 'paused' }, { orders: ordersOf(order({ status: 'OPEN' })) });
		expect(found).toMatchObject({
			about: { type: 'order', id: ORDER },
			buyer: ['ada'],
			money: { amount: 5000 }
		});
	});
});

describe('other work', () => {
	const settle = { service: 'Payment', key: ORDER, handler: 'settle' };
	const caller = { id: CHECKOUT, service: 'Checkout', target: 'Checkout/checkout' };
	const notify = { service: 'Notification', handler: 'orderConfirmed', caller };
	test.each([
		['the return of money', { ...settle, ...failing, modifiedAt: NOW - backingOff }, 'refund'],
		[
			'a refund by an operator',
			{
				service: 'Operations',
				handler: 'refundOrder',
				...failing,
				failedStep: 'Refund payment',
				modifiedAt: NOW - backingOff
			},
			'refund'
		],
		['a mail', { ...notify, ...failing, modifiedAt: NOW - mail }, 'mail'],
		[
			'a seat’s timer',
			{ service: 'Ticket', key: 'gala:A-1', handler: 'expire', status: 'paused' },
			'stalled'
		]
	] as const)('%s that does not get through is of its own kind', (_, change, kind) => {
		expect(find(change)[0]?.kind).toBe(kind);
	});

	test('that is silent has no time by which it must have ended', () => {
		expect(find({ service: 'Occupancy', status: 'suspended', modifiedAt: 0 })).toEqual([]);
	});

	test('on a deployment that does not answer is told by that', () => {
		const deployments = [{ id: 'dp_1', uri: 'http://old/', error: 'refused' }];
		const each = { ...failing, modifiedAt: 0, deploymentId: 'dp_1' };
		expect(find(each, { deployments })).toEqual([]);
	});
});

test('what merely grows leaves the fingerprint as it is, another failure does not', () => {
	const print = (change: Partial<LiveInvocation>) =>
		find({ ...failing, modifiedAt: 0, ...change })[0]?.fingerprint;
	expect(print({ retryCount: 9 })).toBe(print({}));
	expect(print({ failure: 'timeout' })).not.toBe(print({}));
});
