import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSale, TRIES } from './plan.ts';

const options = { buyers: 10_000, seats: 20_000, decline: 0.1, abandon: 0.2, seed: 7 };
const share = (count: number) => count / options.buyers;

describe('the plan of a sale', () => {
	const buyers = planSale(options);

	it('is the same for the same seed, and another for another', () => {
		expect(planSale(options)).toEqual(buyers);
		expect(planSale({ ...options, seed: 8 })).not.toEqual(buyers);
	});

	it('has the shares that were asked for', () => {
		const count = (intent: string) => share(buyers.filter((b) => b.intent === intent).length);
		expect(count('decline')).toBeCloseTo(0.1, 1);
		expect(count('abandon')).toBeCloseTo(0.2, 1);
		expect(count('buy')).toBeCloseTo(0.7, 1);
	});

	it('has parties of one to four', () => {
		expect(new Set(buyers.map(({ party }) => party))).toEqual(new Set([1, 2, 3, 4]));
	});

	it('sends the hot buyers to the same few seats', () => {
		const first = buyers.filter(({ hot }) => hot).map(({ wishes }) => wishes[0] ?? 0);
		expect(share(first.length)).toBeCloseTo(0.2, 1);
		expect(Math.max(...first) - Math.min(...first)).toBeLessThanOrEqual(0.02);
	});

	it.each([
		[0, 0, 'buy'],
		[1, 0, 'decline'],
		[0, 1, 'abandon']
	])('with decline %d and abandon %d has only %s', (decline, abandon, intent) => {
		const all = planSale({ buyers: 200, seats: 500, decline, abandon, seed: 1 });
		expect(new Set(all.map((buyer) => buyer.intent))).toEqual(new Set([intent]));
	});

	it('always wishes for a place in the house', () => {
		fc.assert(
			fc.property(fc.nat(), (seed) => {
				for (const { wishes } of planSale({ buyers: 20, seats: 2, decline: 0, abandon: 0, seed })) {
					expect(wishes).toHaveLength(TRIES);
					expect(wishes.every((wish) => wish >= 0 && wish < 1)).toBe(true);
				}
			})
		);
	});
});
