import { describe, expect, test } from 'vitest';
import { can } from './permissions.ts';

describe('can', () => {
	test.each([
		['viewer', 'forceRelease', false],
		['viewer', 'cancelCheckout', false],
		['operator', 'forceRelease', true],
		['operator', 'cancelCheckout', true],
		['approver', 'forceRelease', true],
		['approver', 'cancelCheckout', true],
		['admin', 'forceRelease', true],
		['admin', 'cancelCheckout', true]
	] as const)('%s, %s: %s', (role, action, granted) => {
		expect(can({ name: 'ada', role }, action)).toBe(granted);
	});
});
