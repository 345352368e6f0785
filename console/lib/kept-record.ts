import type { TimelineItem } from './journal/timeline.ts';
import type { OrderRow } from './order.ts';

/** What D1 still tells of an invocation or a seat while Restate does not answer. */
export interface KeptRecord {
	/** The newest first. */
	orders: OrderRow[];
	/** Log lines and operators' actions, the newest first. */
	items: TimelineItem[];
}
