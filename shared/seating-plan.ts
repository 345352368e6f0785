import { Findings } from './seating-plan/findings.ts';
import { readLayout, type Layout } from './seating-plan/layout.ts';
import { readCategories, type PriceList } from './seating-plan/prices.ts';
import { readShape, type PlanMode } from './seating-plan/shape.ts';
import type { Venue, VenueCategory } from './venue.ts';

export { diffVenues } from './seating-plan/diff.ts';
export type { PlanMode } from './seating-plan/shape.ts';
export type { SeatingPlan } from './seating-plan/schema.ts';

export interface SeatingPlanOptions extends PriceList {
	/** `strict` refuses keys that pretix's schema does not know; `lenient` drops and reports them. */
	mode: PlanMode;
}

/** What a plan holds, for a person to compare with what they expect of it. */
export interface SeatingPlanReport {
	seats: number;
	sections: { name: string; rows: number; seats: number }[];
	categories: { name: string; seats: number; price: number }[];
}

export interface SeatingPlanReading {
	/** Present when there are no errors. */
	venue?: Venue;
	errors: string[];
	warnings: string[];
	report: SeatingPlanReport;
}

/**
 * Reads a seating plan in pretix's JSON format. Every problem is listed, not only the first, with
 * its path in the plan and what to do about it.
 */
export function readSeatingPlan(input: unknown, options: SeatingPlanOptions): SeatingPlanReading {
	const errors = new Findings();
	const warnings = new Findings();
	const plan = readShape(input, options.mode, errors, warnings);
	if (!plan) {
		const report = { seats: 0, sections: [], categories: [] };
		return { errors: errors.list(), warnings: warnings.list(), report };
	}

	const { width, height } = plan.size;
	if (width <= 0 || height <= 0) {
		errors.add('canvas', `size: the canvas of ${width} × ${height} must be larger than 0 × 0`);
	}
	const categories = readCategories(plan, options, errors, warnings);
	const indices = new Map(categories.map(({ name }, index) => [name, index]));
	const layout = readLayout(plan, indices, errors, warnings);
	if (layout.seats.length === 0) {
		errors.add('seats', 'zones: the plan has no seats: add rows with seats to a zone');
	}

	const reading = {
		errors: errors.list(),
		warnings: warnings.list(),
		report: countSeats(layout, categories)
	};
	if (!errors.empty) return reading;
	const sections = layout.sections.map(({ name }) => name);
	const { areas, seats } = layout;
	return { ...reading, venue: { size: { width, height }, sections, categories, areas, seats } };
}

function countSeats(layout: Layout, categories: VenueCategory[]): SeatingPlanReport {
	const bySection = new Uint32Array(layout.sections.length);
	const byCategory = new Uint32Array(categories.length);
	for (const [, section, , , , , category] of layout.seats) {
		bySection[section] = (bySection[section] ?? 0) + 1;
		byCategory[category] = (byCategory[category] ?? 0) + 1;
	}
	return {
		seats: layout.seats.length,
		sections: layout.sections.map((entry, i) => ({ ...entry, seats: bySection[i] ?? 0 })),
		categories: categories.map(({ name, price }, i) => ({ name, seats: byCategory[i] ?? 0, price }))
	};
}
