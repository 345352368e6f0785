import { describe, expect, test } from 'vitest';
import type { ChangeView } from '$shared/change.ts';
import { actName, nameOf, progressOf, undoOf } from './change-words.ts';
import type { FollowUp } from './change-words.ts';

const follow = (status: FollowUp['status'], failure?: string): FollowUp => ({
	...{ id: 'inv_1abcdefgh', status, service: 'Checkout', handler: 'checkout' },
	failure: failure === undefined ? null : { code: 500, message: failure }
});
const change = (over: Partial<ChangeView> = {}) => ({
	...{ action: 'cancelCheckout' as const, request: {}, status: 'done' as const },
	...{ message: 'The checkout was cancelled' },
	...over
});

describe('a change in words', () => {
	test('is called by what it does', () => {
		expect(nameOf({ action: 'refundOrder', request: {} })).toBe('Refund order');
		expect(nameOf({ action: 'invocation', request: { act: 'kill' } })).toBe('Kill');
		expect(nameOf({ action: 'bulk', request: { change: 'forceRelease', total: 7 } })).toBe(
			'Force release, 7 at once'
		);
		expect(nameOf({ action: 'bulk', request: { change: 'invocation', total: 4 } })).toBe(
			'Act on 4 invocations'
		);
	});

	test.each([
		[{ act: 'kill', restartedAs: null }, 'Kill'],
		[{ act: 'dance' }, undefined],
		[{ status: 'SOLD' }, undefined],
		[null, undefined]
	])('%j tells of the act %s', (told, name) => {
		expect(actName(told)).toBe(name);
	});

	test.each([
		['awaiting-approval', [], /second person/, false],
		['counting-down', [], /unless it is undone/, false],
		['under-way', [], /under way/, false],
		['done', [follow('running')], /cancelled\. Its compensation is under way/, false],
		[
			'done',
			[follow('backing-off', 'gateway 503')],
			/fails and is tried again: gateway 503/,
			false
		],
		['done', [follow('paused')], /is paused: nobody says why/, false],
		['done', [follow('cancelled')], /cancelled\. The compensation has finished\.$/, true],
		['done', [], /^The checkout was cancelled$/, true],
		['void', [], /cancelled/, true]
	] as const)('%s with %j', (status, follows, text, settled) => {
		const progress = progressOf(change({ status }), follows);
		expect(progress.text).toMatch(text);
		expect(progress.settled).toBe(settled);
	});

	test('is settled at once where nothing is undone by it', () => {
		const resent = change({ action: 'resendEmail', message: 'Sent' });
		expect(progressOf(resent, [follow('running')])).toMatchObject({ settled: true, text: 'Sent' });
		const killed = change({ action: 'invocation', request: { act: 'kill' }, message: 'Killed' });
		expect(progressOf(killed, [follow('killed')])).toMatchObject({ settled: true, text: 'Killed' });
	});

	test('can be taken back before it is done, and after only where there is an opposite', () => {
		expect(undoOf(change({ status: 'counting-down' }))).toBe('withdraw');
		expect(undoOf(change({ status: 'awaiting-approval' }))).toBe('withdraw');
		expect(undoOf(change())).toBeNull();
		expect(undoOf(change({ action: 'pauseSale' }))).toBe('reverse');
		expect(undoOf(change({ action: 'pauseSale', status: 'undone' }))).toBeNull();
	});
});
