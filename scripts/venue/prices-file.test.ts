import { expect, it } from 'vitest';
import { parsePrices, sidecarPath } from './prices-file.ts';

it.each([
	['hall.json', 'hall.prices.json'],
	['/tmp/A.JSON', '/tmp/A.prices.json'],
	['plan', 'plan.prices.json']
])('%s has its prices in %s', (plan, prices) => expect(sidecarPath(plan)).toBe(prices));

it('reads prices in minor units', () => {
	const file = { currency: 'eur', prices: { Stalls: 4500 } };
	expect(parsePrices(file)).toEqual(file);
});

it('names every problem', () => {
	const read = () => parsePrices({ currency: 'Euro', prices: { Stalls: 45.5, Box: -1 } });
	expect(read).toThrow(/currency: .*\n.*prices\.Stalls: .*\n.*prices\.Box: /);
});
