import { z } from 'zod';

/**
 * pretix's seating-plan format (draft-07 schema, version 0.0.1) as zod: to the letter, or with
 * unknown keys dropped and fractions taken where it wants whole numbers.
 */
const planSchema = (object: typeof z.object, integer: () => z.ZodNumber) => {
	const uuid = z.string().optional();
	const position = object({ x: z.number(), y: z.number() });

	const area = object({
		shape: z.enum(['polygon', 'rectangle', 'ellipse', 'circle', 'text']).optional(),
		position: position.optional(),
		rotation: z.number().optional(),
		color: z.string().optional(),
		border_color: z.string().optional(),
		uuid,
		polygon: object({ points: z.array(position) }).optional(),
		rectangle: object({ width: integer(), height: integer() }).optional(),
		ellipse: object({ radius: position }).optional(),
		circle: object({ radius: integer() }).optional(),
		text: object({
			text: z.string(),
			position,
			color: z.string().optional(),
			size: integer().optional()
		}).optional()
	});

	const seat = object({
		seat_guid: z.string(),
		seat_number: z.string(),
		position,
		category: z.string(),
		radius: integer().optional(),
		start_direction: z.string().nullable().optional(),
		uuid
	});

	const row = object({
		row_number: z.string(),
		seats: z.array(seat),
		position: position.optional(),
		row_label: z.string().nullable().optional(),
		seat_label: z.string().nullable().optional(),
		row_number_position: z.enum(['start', 'end', 'both']).nullable().optional(),
		uuid
	});

	const zone = object({
		position,
		rows: z.array(row),
		name: z.string().optional(),
		zone_id: z.string().optional(),
		uuid,
		areas: z.array(area).optional()
	});

	return object({
		name: z.string(),
		categories: z.array(object({ name: z.string(), color: z.string().optional() })),
		zones: z.array(zone),
		size: object({ width: integer(), height: integer() })
	});
};

/** The schema exactly: an unknown key anywhere is an issue. */
export const strictPlan = planSchema(z.strictObject as typeof z.object, () => z.int());

/** What can be read without guessing: vendors' files carry keys and fractions of their own. */
export const lenientPlan = planSchema(z.object, () => z.number());

export type SeatingPlan = z.infer<typeof lenientPlan>;
export type PlanZone = SeatingPlan['zones'][number];
export type PlanRow = PlanZone['rows'][number];
export type PlanSeat = PlanRow['seats'][number];
export type PlanArea = NonNullable<PlanZone['areas']>[number];
export type PlanPosition = PlanSeat['position'];
