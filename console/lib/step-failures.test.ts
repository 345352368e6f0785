import { describe, expect, it } from 'vitest';
import { SALE_STEPS, classifyAttempt, countSteps, readStep } from './step-failures.ts';
import type { FailedAttempt } from './step-failures.ts';

const at = (
	service: string,
	handler: string,
	more: Partial<FailedAttempt> = {}
): FailedAttempt => ({
	service,
	handler,
	step: null,
	code: null,
	...more
});
const checkout = (more: Partial<FailedAttempt>) => at('Checkout', 'checkout', more);

describe('classifyAttempt', () => {
	it.each([
		['a seat that is taken', at('Ticket', 'reserve', { code: 409 }), 'reserve', true],
		['a checkout’s hold refused', at('Ticket', 'hold', { code: 409 }), 'reserve', true],
		['a seat that could not be looked up', at('Ticket', 'hold', { code: 503 }), 'reserve', false],
		['a ticket limit', at('UserSession', 'open', { code: 409 }), 'reserve', true],
		['seats of two events', checkout({ code: 400 }), 'reserve', true],
		['prices that cannot be read', checkout({ step: 'Price seats' }), 'reserve', false],
		['a declined card', checkout({ code: 402 }), 'authorise', true],
		['a gateway that is down', checkout({ step: 'Authorise payment' }), 'authorise', false],
		['the second round', checkout({ step: 'Authorise payment again' }), 'authorise', false],
		['a lost hold', at('Ticket', 'confirm', { code: 409 }), 'confirm', true],
		['a capture', checkout({ step: 'Capture payment' }), 'capture', false],
		['a void', checkout({ step: 'Void or refund payment' }), 'refund', false],
		[
			'money left to settle',
			at('Payment', 'settle', { step: 'Void or refund payment' }),
			'refund',
			false
		],
		['a mail', at('Notification', 'orderConfirmed', { step: 'Send mail' }), 'notify', false],
		['a mail refused for good', at('Notification', 'resend', { code: 422 }), 'notify', false],
		['an operator who was late', at('Operations', 'forceRelease', { code: 409 }), 'other', true],
		['a handler that ran out of time', checkout({}), 'other', false],
		['a row without a service', { service: null, handler: null, step: null, code: null }, 'other']
	])('%s', (_, attempt, step, refused = false) => {
		expect(classifyAttempt(attempt)).toEqual({ step, refused });
	});

	it.each([409, 503])('does not count a seat’s %i again when its checkout ends with it', (code) => {
		expect(classifyAttempt(checkout({ code }))).toBeNull();
	});

	it('does not count that the console could not look at the gateway’s books', () => {
		expect(classifyAttempt(at('Payment', 'money', { code: 503 }))).toBeNull();
	});
});

describe('countSteps', () => {
	it('adds up by step, refusals apart from faults, and names every step in order', () => {
		const counted = countSteps([
			{ ...checkout({ code: 402 }), n: 3, lastAt: 20 },
			{ ...checkout({ step: 'Authorise payment' }), n: 5, lastAt: 10 },
			{ ...checkout({ code: 409 }), n: 7, lastAt: 30 }
		]);
		expect(counted.map(({ step }) => step)).toEqual([...SALE_STEPS]);
		expect(counted.filter(({ lastAt }) => lastAt !== null)).toEqual([
			{ step: 'authorise', refused: 3, faults: 5, lastAt: 20 }
		]);
	});
});

it('readStep knows the steps and nothing else', () => {
	expect(readStep('capture')).toBe('capture');
	expect(readStep('constructor')).toBeNull();
	expect(readStep(null)).toBeNull();
});
