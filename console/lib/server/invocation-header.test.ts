import { expect, test } from 'vitest';
import { orderOf, readDuration } from './invocation-header.ts';

test.each([
	['PT86400S', 86_400_000],
	['PT0.5S', 500],
	['P1D', null],
	[undefined, null]
])('a duration %s is %s ms', (text, ms) => {
	expect(readDuration(text)).toBe(ms);
});

test.each([
	['Checkout', null, undefined, 'ord_1'],
	['Payment', 'ord_2', undefined, 'ord_2'],
	['Notification', null, 'ord_3', 'ord_3'],
	['Ticket', 'concert-1:A-1', undefined, undefined]
])('the order of %s %s that names %s', (service, key, named, order) => {
	expect(orderOf({ id: 'inv_1', service, key }, named)).toBe(order);
});
