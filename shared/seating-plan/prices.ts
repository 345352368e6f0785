import type { VenueCategory } from '../venue.ts';
import { readColor, PLAIN_COLOR } from './areas.ts';
import { type Findings, show } from './findings.ts';
import type { SeatingPlan } from './schema.ts';

export interface PriceList {
	/** Minor units by category name. */
	prices?: Record<string, number>;
	/** Minor units of a category that `prices` does not name. */
	defaultPrice?: number;
}

const isPrice = (price: unknown): price is number =>
	Number.isSafeInteger(price) && Number(price) >= 0;

/** The plan's categories with their prices. A name listed twice counts once, as its first. */
export function readCategories(
	plan: SeatingPlan,
	{ prices = {}, defaultPrice }: PriceList,
	errors: Findings,
	warnings: Findings
): VenueCategory[] {
	const given = new Map(Object.entries(prices));
	for (const [name, price] of [...given, ['(default)', defaultPrice ?? 0] as const]) {
		if (isPrice(price)) continue;
		errors.add(
			'prices that are not whole minor units',
			`the price of ${show(name)} must be a whole number of minor units, 0 or more (12.50 is 1250), not ${show(price)}`
		);
	}

	const categories = new Map<string, VenueCategory>();
	for (const [index, { name, color }] of plan.categories.entries()) {
		const path = `categories[${index}]`;
		if (categories.has(name)) {
			const message = `${path}: the category ${show(name)} is listed before; the first one counts`;
			warnings.add('categories listed twice', message);
			continue;
		}
		const price = given.get(name) ?? defaultPrice;
		if (price === undefined) {
			const message = `${path}: the category ${show(name)} has no price: add it to the prices`;
			errors.add('categories without a price', message);
		}
		categories.set(name, {
			name,
			color: readColor(color, PLAIN_COLOR, `${path}.color`, warnings),
			price: price ?? 0
		});
	}

	for (const name of given.keys()) {
		if (categories.has(name)) continue;
		const message = `the prices name the category ${show(name)}, which the plan does not have`;
		warnings.add('prices of unknown categories', message);
	}
	return [...categories.values()];
}
