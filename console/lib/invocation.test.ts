import { describe, expect, test } from 'vitest';
import { isInvocationId, readFailure, readStatus } from './invocation.ts';

describe('readStatus', () => {
	test.each([
		['running', undefined, undefined, 'running'],
		['ready', undefined, undefined, 'running'],
		['invoked', undefined, undefined, 'running'],
		['backing-off', undefined, undefined, 'backing-off'],
		['suspended', undefined, undefined, 'suspended'],
		['paused', undefined, undefined, 'paused'],
		['scheduled', undefined, undefined, 'scheduled'],
		['pending', undefined, undefined, 'pending'],
		['inboxed', undefined, undefined, 'pending'],
		['completed', 'success', undefined, 'succeeded'],
		['completed', 'failure', '[402] Payment Failed: declined', 'failed'],
		['completed', 'failure', '[409] Ticket already sold', 'failed'],
		['completed', 'failure', '[409] Cancelled', 'cancelled'],
		['completed', 'failure', '[409] canceled', 'cancelled'],
		['completed', 'failure', '[409] killed', 'killed'],
		['completed', 'failure', '[409] Cancelled by the buyer', 'failed'],
		['completed', 'failure', undefined, 'failed']
	])('%s %s %s: %s', (status, result, failure, expected) => {
		expect(readStatus(status, result, failure)).toBe(expected);
	});
});

describe('readFailure', () => {
	test.each([
		[undefined, null],
		['[402] Payment Failed: declined.', { code: 402, message: 'Payment Failed: declined.' }],
		['[500 Internal] boom\nError: boom\n    at x', { code: 500, message: 'boom' }],
		['connection refused', { code: null, message: 'connection refused' }],
		['[409] killed', { code: 409, message: 'killed' }]
	])('%j', (text, failure) => {
		expect(readFailure(text)).toEqual(failure);
	});
});

test.each([
	['inv_1e3ioaXRzuZ435YRQgwOwFw0yWQb6VHYcP', true],
	['inv_', false],
	["inv_1e3ioaXRzu' OR 1=1", false],
	['ord_1e3ioaXRzuZ435YRQgwOwFw0yWQb6VHYcP', false]
])('isInvocationId %j: %s', (text, valid) => {
	expect(isInvocationId(text)).toBe(valid);
});
