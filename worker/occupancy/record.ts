import { z } from 'zod';
import { KIND } from './transitions.ts';
import type { Kind, Move } from './transitions.ts';

/** What a reading of the seats leaves for the history. */
export interface Recorded {
	/** The picture's after it; the same one twice is recorded once. */
	version: number;
	revision: number;
	at: number;
	seats: number;
	/** Nothing was known before: whatever an earlier life of the picture left is told anew. */
	first: boolean;
	/** Whether the picture is another than the version before. */
	changed: boolean;
	before: { held: number; sold: number };
	counts: { available: number; held: number; sold: number; overdue: number };
	moves: Move[];
	/** The whole picture, one digit a seat, when it is time for one. */
	frame: string | null;
}

const kinds = Object.values(KIND) as [Kind, ...Kind[]];
const whole = z.int();

export const RecordedInput: z.ZodType<Recorded> = z.object({
	version: whole,
	revision: whole,
	at: whole,
	seats: whole,
	first: z.boolean(),
	changed: z.boolean(),
	before: z.object({ held: whole, sold: whole }),
	counts: z.object({ available: whole, held: whole, sold: whole, overdue: whole }),
	moves: z.array(z.tuple([whole, whole, whole, whole, z.literal(kinds)])),
	frame: z.string().nullable()
});
