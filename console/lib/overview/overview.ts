import type { Invocation, InvocationStatus } from '../invocation.ts';
import type { SeatCounts } from '../seat-map/picture.ts';
import { SALE_STEPS } from '../step-failures.ts';
import type { StepFailures } from '../step-failures.ts';

/**
 * Which failures one looks at: those that nobody meant to happen, all, or those of the last
 * minutes at one step of a sale.
 */
const FAILURE_SCOPES = ['faults', 'all', ...SALE_STEPS] as const;
export type FailureScope = (typeof FAILURE_SCOPES)[number];

/** The scope a URL asks for; anything it does not know is `faults`. */
export const readScope = (params: URLSearchParams): FailureScope =>
	FAILURE_SCOPES.find((scope) => scope === params.get('failures')) ?? 'faults';

/** Failures are counted by step over the last minutes. */
export const FAILURE_WINDOW_MS = 5 * 60_000;

/** An invocation and the seats it is about: an object's own, or those a checkout wanted. */
export interface ConcernedInvocation extends Invocation {
	seats: string[];
}

export type StatusCounts = Partial<Record<InvocationStatus, number>>;

/** The seats of an event as they were last counted. */
export interface EventSample {
	/** When they were counted. */
	at: number;
	counts: SeatCounts;
	/** Seats that have been stored as held past their time for about a minute now. */
	lapsed: number;
}

/** Transitions within one minute. */
export interface SaleRate {
	reserved: number;
	sold: number;
}

/** A sum of money in minor units. */
export interface Money {
	amount: number;
	currency: string;
}

export interface EventSummary {
	id: string;
	name: string;
	seats: number;
	onSale: boolean;
	publishedAt: number;
	/** Null when nobody could ever count them. */
	sample: EventSample | null;
	/** Null when nobody sampled the last minute. */
	perMinute: SaleRate | null;
	/** What confirmed orders have paid, by currency; a refunded order has taken nothing. */
	taken: Money[];
	/** Invocations about its seats that back off or are paused; null when they are not known. */
	stuck: number | null;
	/** Attempts that failed in the last minutes though nobody meant them to. */
	faults: number;
}

/** One failed invocation, as the lists show it. */
export interface Failure {
	id: string;
	at: number;
	service: string;
	handler: string;
	/** The seats it is about, as far as they are known. */
	seats: string[];
	order: string | null;
	/** Restate's code; null where the attempt failed and not the invocation. */
	code: number | null;
	refused: boolean;
	/** How often it failed. */
	attempts: number;
	message: string;
}

/** What the orders say, all events together. */
export interface OrderTotals {
	confirmed: number;
	unsuccessful: number;
	/** Confirmed with an address, but no mail has gone out yet; and since when the oldest waits. */
	mailsDue: { count: number; since: number | null };
	/** Open for longer than any checkout may take, and since when the oldest is. */
	leftOpen: { count: number; since: number | null };
}

/** Invocations under way, and those that do not progress. */
export interface Work {
	/** Checkouts by status. */
	checkouts: StatusCounts;
	backingOff: number;
	paused: number;
	/** The newest of those that back off or are paused. */
	stuck: ConcernedInvocation[];
	failures: Failure[];
}

/** Everything the overview shows but the trends. */
export interface Overview {
	/** When Restate was last read; null before it was read once. */
	at: number | null;
	/** Since when it cannot be read, and why. */
	stale: { since: number; message: string } | null;
	events: EventSummary[];
	orders: OrderTotals;
	/** Failures of the last minutes by step, every step in its order. */
	steps: StepFailures[];
	/** What only Restate knows; null until it was read once. */
	work: Work | null;
}

/** The sum over all events, or undefined when none of them could be counted. */
export function totalCounts(
	events: readonly EventSummary[]
): (SeatCounts & { seats: number }) | undefined {
	const counted = events.flatMap(({ sample, seats }) =>
		sample ? [{ ...sample.counts, seats }] : []
	);
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

/** The rate of all events together, or undefined when none of them was sampled of late. */
export function totalRate(events: readonly EventSummary[]): SaleRate | undefined {
	const rates = events.flatMap(({ perMinute }) => perMinute ?? []);
	if (rates.length === 0) return undefined;
	return rates.reduce((sum, { reserved, sold }) => ({
		reserved: sum.reserved + reserved,
		sold: sum.sold + sold
	}));
}

/** What all events have taken, by currency, the largest sum first. */
export function totalTaken(events: readonly EventSummary[]): Money[] {
	const sums = new Map<string, number>();
	for (const { amount, currency } of events.flatMap(({ taken }) => taken))
		sums.set(currency, (sums.get(currency) ?? 0) + amount);
	return [...sums]
		.map(([currency, amount]) => ({ currency, amount }))
		.sort((a, b) => b.amount - a.amount);
}

const UNDER_WAY: readonly InvocationStatus[] = ['running', 'suspended', 'pending', 'scheduled'];

/** Checkouts that make their way. */
export const underWay = (counts: StatusCounts): number =>
	UNDER_WAY.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
