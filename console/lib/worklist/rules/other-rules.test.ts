import { describe, expect, test } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../facts.ts';
import {
	CHECKOUT,
	facts,
	invocation,
	LONG_AGO,
	NOW,
	order,
	ORDER,
	ordersOf,
	SEAT
} from '../work-fixture.ts';
import { deploymentFindings } from './deployments.ts';
import { lockFindings } from './locks.ts';
import { mailFindings } from './mail.ts';

describe('a lock', () => {
	const { locked } = DEFAULT_THRESHOLDS;
	const holder = invocation({
		id: 'inv_holder',
		service: 'Payment',
		key: ORDER,
		handler: 'settle',
		status: 'backing-off',
		runningAt: NOW - locked
	});
	const lock = { service: 'Payment', key: ORDER, holder: 'inv_holder', waiting: 2 };
	const find = (change: Partial<typeof lock> = {}, invocations = [holder]) =>
		lockFindings(facts({ locks: [{ ...lock, ...change }], invocations }), DEFAULT_THRESHOLDS);

	test('held too long with others waiting is listed, its holder to be tried again', () => {
		expect(find()[0]).toMatchObject({
			kind: 'locked',
			affected: 2,
			proposals: [{ kind: 'retry', target: 'inv_holder' }, { kind: 'cancel' }]
		});
	});

	test('of a seat is about the seat', () => {
		const [found] = find({ service: 'Ticket', key: SEAT });
		expect(found).toMatchObject({ about: { type: 'seat', id: SEAT }, seats: [SEAT] });
	});

	test('of a session names its buyer in no sentence', () => {
		const [found] = find({ service: 'UserSession', key: 'ada' });
		expect(found?.buyer).toEqual(['ada']);
		expect(found?.why).not.toContain('ada');
	});

	test.each([
		['that nobody waits for', find({ waiting: 0 })],
		['of a moment', find({}, [{ ...holder, runningAt: NOW - locked + 1 }])],
		['whose holder has ended since', find({}, [])]
	])('%s is not listed', (_, found) => {
		expect(found).toEqual([]);
	});
});

describe('a deployment', () => {
	const pinned = invocation({ deploymentId: 'dp_1' });
	const find = (error: string | null, known = true, invocations = [pinned]) =>
		deploymentFindings(
			facts({
				invocations,
				deployments: [
					{ id: 'dp_2', uri: 'http://new/', error: null },
					...(known ? [{ id: 'dp_1', uri: 'http://old/', error }] : [])
				]
			})
		);

	test('that does not answer is listed with what is pinned to it', () => {
		expect(find('connection refused')[0]).toMatchObject({
			kind: 'unreachable',
			about: { type: 'deployment', id: 'dp_1' },
			affected: 1,
			invocations: [CHECKOUT],
			proposals: [{ kind: 'resume', latest: true, target: CHECKOUT }]
		});
	});

	test('that Restate has forgotten is too', () => {
		expect(find(null, false)[0]?.why).toMatch(/forgotten/);
	});

	test.each([
		['that answers', find(null)],
		['that nothing is pinned to', find('down', true, [invocation()])],
		[
			'of which nothing is known',
			deploymentFindings(facts({ invocations: [pinned], deployments: [] }))
		]
	])('%s is not listed', (_, found) => {
		expect(found).toEqual([]);
	});
});

describe('a mail', () => {
	const due = order({ mailId: null });
	const find = (change: Parameters<typeof facts>[0] = {}) =>
		mailFindings(facts({ mailsDue: [due], orders: ordersOf(due), ...change }), DEFAULT_THRESHOLDS);

	test('that nothing sends is listed, to be sent again', () => {
		expect(find()[0]).toMatchObject({
			kind: 'mail',
			about: { type: 'order', id: ORDER },
			since: LONG_AGO,
			proposals: [{ kind: 'resendEmail' }]
		});
	});

	test('that is on its way is not, nor one that is due only now', () => {
		const caller = { id: CHECKOUT, service: 'Checkout', target: 'Checkout/checkout' };
		const sending = invocation({ service: 'Notification', handler: 'orderConfirmed', caller });
		expect(find({ invocations: [sending] })).toEqual([]);
		expect(find({ mailsDue: [order({ mailId: null, updatedAt: NOW - 1000 })] })).toEqual([]);
	});

	test('says so when it cannot be told whether something sends it', () => {
		const [found] = find({ blind: true });
		expect(found?.caveat).not.toBeNull();
		expect(found?.why).not.toMatch(/nothing is sending/);
	});
});
