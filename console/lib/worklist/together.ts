import type { MarkedItem } from './worklist.ts';
import { kindsOf } from './work-filter.ts';

/** Events of which several lapsed holds are listed, so that they can be released together. */
export function lapsedTogether(
	items: readonly Pick<MarkedItem, 'kind' | 'also' | 'events'>[]
): { eventId: string; holds: number }[] {
	const counts = new Map<string, number>();
	for (const item of items)
		if (kindsOf(item).includes('lapsed'))
			for (const eventId of item.events) counts.set(eventId, (counts.get(eventId) ?? 0) + 1);
	return [...counts]
		.filter(([, holds]) => holds > 1)
		.map(([eventId, holds]) => ({ eventId, holds }));
}
