import type { Invocation, InvocationStatus } from './invocation.ts';
import type { SeatCounts } from './seat-map/picture.ts';

/** Which failed invocations one looks at: all, or only those that nobody meant to happen. */
export const FAILURE_SCOPES = ['all', 'faults'] as const;
export type FailureScope = (typeof FAILURE_SCOPES)[number];

/** The scope a URL asks for; anything it does not know is `all`. */
export const readScope = (params: URLSearchParams): FailureScope =>
	FAILURE_SCOPES.find((scope) => scope === params.get('failures')) ?? 'all';

/**
 * Codes with which the service refuses by design: bad input, declined payment, unknown seat, seat
 * taken. Anything else is a fault.
 */
export const REFUSAL_CODES = [400, 402, 403, 404, 409] as const;

export const isRefusal = (code: number | null): boolean =>
	REFUSAL_CODES.some((known) => known === code);

/** An invocation and the seats it is about: an object's own, or those a checkout wanted. */
export interface ConcernedInvocation extends Invocation {
	seats: string[];
}

export type CheckoutCounts = Partial<Record<InvocationStatus, number>>;

export interface EventSummary {
	id: string;
	name: string;
	seats: number;
	onSale: boolean;
	/** Null when Restate could not be asked. */
	counts: SeatCounts | null;
}

/** Everything the overview shows; what only Restate knows is null until it was read once. */
export interface Overview {
	/** When Restate was last read. */
	at: number | null;
	/** Since when it cannot be read, and why. */
	stale: { since: number; message: string } | null;
	events: EventSummary[];
	checkouts: CheckoutCounts | null;
	failures: ConcernedInvocation[] | null;
	/** Invocations that back off or are paused. */
	stuck: ConcernedInvocation[] | null;
	orders: {
		confirmed: number;
		unsuccessful: number;
		/** Confirmed with an address, but no mail has gone out yet. */
		unmailed: number;
	};
}

/** The sum over all events, or undefined when none of them could be counted. */
export function totalCounts(
	events: readonly EventSummary[]
): (SeatCounts & { seats: number }) | undefined {
	const counted = events.flatMap(({ counts, seats }) => (counts ? [{ ...counts, seats }] : []));
	if (counted.length === 0 && events.length > 0) return undefined;
	return counted.reduce(
		(sum, { available, held, sold, overdue, seats }) => ({
			available: sum.available + available,
			held: sum.held + held,
			sold: sum.sold + sold,
			overdue: sum.overdue + overdue,
			seats: sum.seats + seats
		}),
		{ available: 0, held: 0, sold: 0, overdue: 0, seats: 0 }
	);
}

const UNDER_WAY: readonly InvocationStatus[] = ['running', 'suspended', 'pending', 'scheduled'];
const FAILING: readonly InvocationStatus[] = ['backing-off', 'paused'];

const sumOf = (counts: CheckoutCounts, statuses: readonly InvocationStatus[]): number =>
	statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);

/** Checkouts that make their way, and those that do not. */
export const checkoutProgress = (counts: CheckoutCounts) => ({
	underWay: sumOf(counts, UNDER_WAY),
	failing: sumOf(counts, FAILING)
});
