/**
 * An event's occupancy as the Occupancy object and its readers speak of it: the live picture of
 * the seats, the changes since a version of it, the durable series, and the replay of the past.
 * Seats are named by their index in the plan's order, which is fixed within a revision. No message
 * tells who holds a seat.
 */

/** Stored status of a seat. Whether a hold has lapsed follows from its time and the clock. */
export const AVAILABLE = 0;
export const HELD = 1;
export const SOLD = 2;

/** One seat as it is now; `until` (ms since the epoch, when the hold lapses) of held seats only. */
export type SeatNow = [index: number, code: number, until?: number];

/** Seats by status. `held` leaves out lapsed holds: those are `overdue`, and also `available`. */
export interface OccupancyCounts {
	available: number;
	held: number;
	sold: number;
	overdue: number;
}

/** Transitions by kind within a stretch of time. `expired` holds lapsed; `released` were given up. */
export interface OccupancyFlow {
	reserved: number;
	confirmed: number;
	released: number;
	expired: number;
}

/** What a refresh answers: which picture there is now. */
export interface OccupancyHead {
	/** Of the seating plan; another one means other indices. */
	revision: number;
	/** Rises with every refresh that found a change. */
	version: number;
	/** When the seats were last read, ms since the epoch. */
	at: number;
	/** How long that reading took. */
	scanMs: number;
	/** How many readings there have been: what all viewers together cost. */
	scans: number;
	/** Whether seats may be reserved; false while the sale is paused. */
	onSale: boolean;
	/** As of `at`. */
	counts: OccupancyCounts;
}

/** The whole picture: every seat that is not available. */
export interface OccupancySnapshot extends OccupancyHead {
	seats: SeatNow[];
}

/**
 * What differs from the version asked about; `seats` is the whole picture where `reset` says so,
 * because that version is of another revision or too long ago.
 */
export interface OccupancyChanges extends OccupancyHead {
	reset: boolean;
	seats: SeatNow[];
}

/** Seconds a point of the series stands for. */
export const SERIES_STEPS = [1, 10, 60] as const;
export type SeriesStep = (typeof SERIES_STEPS)[number];

/** How long points of each step are kept, ms. */
export const SERIES_KEPT_MS: Record<SeriesStep, number> = {
	1: 10 * 60_000,
	10: 3 * 3_600_000,
	60: 3 * 24 * 3_600_000
};

/** `at` is when its step began; counts are those at its end, the flow is the step's own. */
export interface SeriesPoint extends OccupancyCounts, OccupancyFlow {
	at: number;
}

/** Oldest first; a step nobody sampled has no point. */
export interface OccupancySeries {
	step: SeriesStep;
	points: SeriesPoint[];
}

/** One seat's status from `at` on. */
export type SeatThen = [at: number, index: number, code: number];

/** The past from `from` on: the picture at that moment, and what happened until `to`, in order. */
export interface OccupancyReplay {
	revision: number;
	from: number;
	to: number;
	/** Status by seat index at `from`, one digit a seat. */
	codes: string;
	changes: SeatThen[];
	/** The oldest moment that can be shown. */
	oldest: number;
}
