import type { MoneyReport } from '$shared/money-report.ts';
import type { SeatView } from '$shared/seat-history.ts';
import type { InvocationStatus, InvocationTarget } from '../invocation.ts';
import type { TimelineItem } from '../journal/timeline.ts';
import type { OrderRow } from '../order.ts';
import type { Part } from '../order-case/case.ts';

/** What a preview of a change to an invocation is made from. */
export interface InvocationFacts extends InvocationTarget {
	id: string;
	status: InvocationStatus;
	cancelRequested: boolean;
	/** Attempts that failed since its last progress. */
	retryCount: number;
	nextRetryAt: number | null;
	/** What its last attempt, or it itself, failed with. */
	failure: string | null;
	/** Its journal. */
	items: TimelineItem[];
	/** Entries in its journal; more than `items` covers when not all were read. */
	journalSize: number;
	/** Whose sale it is, as its input or its order says. */
	user: string | null;
	email: string | null;
	/** Who waits behind it for the lock of its key. */
	waiting: number;
	deployment: { id: string; latest: string | null } | null;
}

/** And to a checkout. */
export interface CheckoutFacts extends InvocationFacts {
	orderId: string;
	/** Null until it is on record. */
	order: OrderRow | null;
	/** The seats that it asked for, as they are now. */
	seats: Part<SeatView[]>;
	money: Part<MoneyReport>;
	/** When the buyer's session looks after an order that nobody closed; null when it will not. */
	reviewAt: number | null;
}

/** And to an order. */
export interface OrderFacts {
	order: OrderRow;
	seats: Part<SeatView[]>;
	money: Part<MoneyReport>;
}
