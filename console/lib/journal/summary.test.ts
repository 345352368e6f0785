import { expect, test } from 'vitest';
import type { Fact } from './describe.ts';
import { summarise } from './summary.ts';

const seat = (id: string): Fact => ({ kind: 'seat', label: 'Seat', value: `concert-1:${id}` });
const user: Fact = { kind: 'user', label: 'User', value: 'alice' };
const order = { amount: 9600, currency: 'EUR' };

test.each([
	['Checkout', 'checkout', [seat('A-1'), user], order, 'Sells seat A-1 to alice for €96.00'],
	[
		'Checkout',
		'checkout',
		[seat('A-1'), seat('A-2'), user],
		null,
		'Sells 2 seats (A-1, A-2) to alice'
	],
	[
		'Checkout',
		'checkout',
		['1', '2', '3', '4'].map(seat),
		null,
		'Sells 4 seats (1, 2, 3, …) to a buyer'
	],
	['Ticket', 'expire', [seat('A-1')], null, 'Ends the hold of seat A-1, if it has lapsed'],
	['Payment', 'settle', [], order, 'Settles the money of an order for €96.00'],
	['Other', 'run', [], null, null]
] as const)('%s.%s %j', (service, handler, facts, sum, sentence) => {
	expect(summarise({ service, handler }, facts, sum)).toBe(sentence);
});
