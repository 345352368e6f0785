/** How long a result is good for: always the same, or by what it is and how long it took. */
export type Freshness<T> = number | ((value: T, tookMs: number) => number);

/** At least `atLeast`, and as long as it takes that loading fills a tenth of the time. */
export const byCost =
	(atLeast: number) =>
	(_: unknown, tookMs: number): number =>
		Math.max(atLeast, 9 * tookMs);

/**
 * Lets many callers share one slow answer: one load at a time, its result good for `freshMs`.
 *
 * In a Worker the request that began a load may end before the load does, and take the load with
 * it: it never answers, or it fails for no reason of its own. So a caller waits for another's load
 * at most `lostMs`, and begins its own when that is over or when the other's failed.
 */
export function singleFlight<T>(
	load: () => Promise<T>,
	{
		freshMs,
		lostMs,
		now = Date.now
	}: {
		freshMs: Freshness<T>;
		lostMs: number;
		now?: () => number;
	}
): () => Promise<T> {
	let flight: { startedAt: number; promise: Promise<T> } | undefined;
	let landed: { until: number; value: T } | undefined;

	function take(): Promise<T> {
		const mine = { startedAt: now(), promise: load() };
		flight = mine;
		return mine.promise
			.then((value) => {
				const tookMs = now() - mine.startedAt;
				const goodFor = typeof freshMs === 'number' ? freshMs : freshMs(value, tookMs);
				landed = { until: now() + goodFor, value };
				return value;
			})
			.finally(() => {
				if (flight === mine) flight = undefined;
			});
	}

	return async () => {
		if (landed && now() < landed.until) return landed.value;
		if (!flight || now() - flight.startedAt >= lostMs) return take();
		const left = lostMs - (now() - flight.startedAt);
		const lost = Symbol('lost');
		let timer: ReturnType<typeof setTimeout> | undefined;
		const result = await Promise.race([
			flight.promise.catch(() => lost),
			new Promise<typeof lost>((resolve) => (timer = setTimeout(() => resolve(lost), left)))
		]).finally(() => clearTimeout(timer));
		return result === lost ? take() : (result as T);
	};
}
