import type { SeatingPlan } from '../../shared/seating-plan.ts';
import { drawArena } from './arena.ts';
import { fit } from './fit.ts';
import { drawHall } from './hall.ts';
import { writePlan } from './plan.ts';
import { drawTheatre } from './theatre.ts';

/** The sizes a venue can be asked for. */
export const SEATS = { min: 50, max: 100_000 } as const;

const HALL_FROM = 1200;
const ARENA_FROM = 6000;

export interface GeneratedVenue {
	/** Valid in pretix's schema to the letter. */
	plan: SeatingPlan;
	/** Minor units by category; pretix's schema has no place for prices. */
	prices: Record<string, number>;
	currency: string;
}

/**
 * A believable venue of exactly `seats` seats: a theatre, a concert hall or an arena by its size.
 * The same seats and seed always give the same plan.
 */
export function generateVenue({
	seats,
	seed = 1
}: {
	seats: number;
	seed?: number;
}): GeneratedVenue {
	if (!Number.isInteger(seats) || seats < SEATS.min || seats > SEATS.max) {
		throw new RangeError(`seats must be a whole number from ${SEATS.min} to ${SEATS.max}`);
	}
	const draw =
		seats < HALL_FROM
			? drawTheatre(seats)
			: seats < ARENA_FROM
				? drawHall(seats)
				: drawArena(seats);
	const layout = fit(seats, seed, draw);
	return {
		plan: writePlan(layout),
		prices: Object.fromEntries(layout.categories.map(({ name, price }) => [name, price])),
		currency: 'eur'
	};
}
