import { z } from 'zod';
import { CHANGE_ACTIONS, MAX_BULK } from '../../shared/change.ts';
import type { ChangeAction } from '../../shared/change.ts';
import { Terms } from './action.ts';

/** What is done one at a time: a job of jobs, and changes to what every sale runs on. */
const SINGLE: readonly ChangeAction[] = ['bulk', 'registerDeployment', 'removeDeployment'];

const BULK_ACTIONS = CHANGE_ACTIONS.filter((action) => !SINGLE.includes(action));

export const BulkRequest = z.object({
	...Terms,
	change: z.enum(BULK_ACTIONS, `give one of ${BULK_ACTIONS.join(', ')}`),
	items: z
		.array(z.record(z.string(), z.unknown()))
		.min(1, 'give at least one item')
		.max(MAX_BULK, `one job takes at most ${MAX_BULK} items`)
});

/** An item has an ID, an epoch or a status, and braces. */
export const MAX_BULK_BYTES = 4 * 1024 * 1024;

/** How many faults of a request are told. */
const TOLD = 10;

/**
 * Reads the items as the action's own requests.
 *
 * @returns what was read, or what is wrong with it
 */
export function readItems(
	items: readonly unknown[],
	action: { schema: z.ZodType; targetOf: (item: unknown) => string }
): { items: unknown[]; faults: string[] } {
	const faults: string[] = [];
	const seen = new Set<string>();
	const read = items.map((item, index) => {
		const result = action.schema.safeParse(item);
		if (!result.success) {
			for (const { path, message } of result.error.issues)
				faults.push(`items.${[index, ...path].join('.')}: ${message}`);
			return undefined;
		}
		const target = action.targetOf(result.data);
		if (seen.has(target)) faults.push(`items.${index}: ${target} is there twice`);
		seen.add(target);
		return result.data;
	});
	const more = faults.length - TOLD;
	return {
		items: read,
		faults: more > 0 ? [...faults.slice(0, TOLD), `and ${more} more`] : faults
	};
}
