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
		freshMs: number | ((value: T) => number);
		lostMs: number;
		now?: () => number;
	}
): () => Promise<T> {
	let flight: { startedAt: number; promise: Promise<T> } | undefined;
	let landed: { at: number; value: T } | undefined;
	const isFresh = ({ at, value }: { at: number; value: T }): boolean =>
		now() - at < (typeof freshMs === 'number' ? freshMs : freshMs(value));

	function take(): Promise<T> {
		const mine = { startedAt: now(), promise: load() };
		flight = mine;
		return mine.promise
			.then((value) => {
				landed = { at: now(), value };
				return value;
			})
			.finally(() => {
				if (flight === mine) flight = undefined;
			});
	}

	return async () => {
		if (landed && isFresh(landed)) return landed.value;
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
