import { z } from 'zod';

const pricesFile = z.strictObject({
	currency: z.string().regex(/^[a-z]{3}$/, 'must be three lower-case letters, such as "eur"'),
	prices: z.record(z.string(), z.int().min(0))
});

export type PricesFile = z.infer<typeof pricesFile>;

/** Where a plan's prices lie: `hall.json` has `hall.prices.json`. */
export const sidecarPath = (plan: string): string => `${plan.replace(/\.json$/i, '')}.prices.json`;

/** The content of a prices file; throws with every problem in it. */
export function parsePrices(input: unknown): PricesFile {
	const result = pricesFile.safeParse(input);
	if (result.success) return result.data;
	const problems = result.error.issues.map(
		({ path, message }) => `  ${path.join('.')}: ${message}`
	);
	throw new Error(
		[
			'A prices file looks like {"currency": "eur", "prices": {"Stalls": 4500}}, in minor units:',
			...problems
		].join('\n')
	);
}
