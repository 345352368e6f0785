/** When an isolate learned what it knows of something, ms since the epoch; 0 for never. */
export interface Freshness {
	/** When the read of it began. */
	readAt: number;
	/** When somebody last began to read it again. */
	askedAt: number;
	/** When that last failed, or took too long. */
	failedAt: number;
}

/** How long an isolate goes on with what it knows before it asks again. */
const FRESH_MS = 1_000;
/**
 * Up to this age it does not wait for the answer: a seat's queue stands still while its handler
 * waits, and in a rush somebody asks each second. While D1 answers, a pause reaches the isolate this
 * late at most.
 */
export const STALE_MS = 2_000;
/** An answer that takes longer, while something is known, counts as none. */
export const PATIENCE_MS = 1_000;
/** For so long after a failure what is known goes on, however old, and nobody waits. */
const OUTAGE_MS = 5_000;

/**
 * What to do with what is known: `use` it; use it and `refresh` it beside; wait for an answer by asking
 * oneself (`ask`), or, where somebody just did, by looking at what comes of that (`follow`).
 */
export function useOf(
	{ readAt, askedAt, failedAt }: Freshness,
	now: number
): 'use' | 'refresh' | 'ask' | 'follow' {
	if (now - readAt < STALE_MS || now - failedAt < OUTAGE_MS)
		return now - Math.max(readAt, askedAt) < FRESH_MS ? 'use' : 'refresh';
	return now - askedAt < PATIENCE_MS ? 'follow' : 'ask';
}
