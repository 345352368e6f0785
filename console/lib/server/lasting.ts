import { singleFlight } from './single-flight.ts';
import type { Freshness } from './single-flight.ts';
import { UpstreamError } from './upstream-error.ts';

/** The last reading that succeeded; during an outage it is old, and says since when and why. */
export interface Lasting<T> {
	/** Undefined until it was read once. */
	value: T | undefined;
	outage: { since: number; message: string } | null;
}

const LOST_MS = 5000;

/**
 * Shares a reading among its callers as {@link singleFlight} does. What an upstream's outage leaves
 * unread stays as it was last.
 *
 * @throws whatever else the load throws
 */
export function lasting<T>(
	load: () => Promise<T>,
	freshMs: Freshness<unknown>,
	now: () => number = Date.now
): () => Promise<Lasting<T>> {
	let last: { at: number; value: T } | undefined;
	let downSince: number | undefined;
	const read = singleFlight(
		async () => {
			const at = now();
			return { at, value: await load() };
		},
		{ freshMs, lostMs: LOST_MS, now }
	);
	return async () => {
		try {
			last = await read();
			downSince = undefined;
			return { value: last.value, outage: null };
		} catch (error) {
			if (!(error instanceof UpstreamError)) throw error;
			downSince ??= last?.at ?? now();
			return { value: last?.value, outage: { since: downSince, message: error.message } };
		}
	};
}
