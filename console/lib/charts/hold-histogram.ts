/** Held seats by the time they have left, in columns of a minute each. */
export interface HoldHistogram {
	/** Seats whose hold has lapsed and that nobody has taken or cleaned up since. */
	overdue: number;
	/** Seats whose hold lapses within the first minute, the second, and so on. */
	minutes: number[];
	/** When the next hold lapses, ms since the epoch; null when none does. */
	next: number | null;
}

/** A hold never lasts longer, however often it is extended. */
const COLUMNS = 30;
const MINUTE = 60_000;

/** Counts the holds that lapse in each of the next minutes. @param untils 0 for seats not held */
export function countHolds(untils: Float64Array, now: number): HoldHistogram {
	const minutes = new Array<number>(COLUMNS).fill(0);
	let overdue = 0;
	let next: number | null = null;
	for (const until of untils) {
		if (until === 0) continue;
		if (until <= now) {
			overdue++;
			continue;
		}
		const minute = Math.min(Math.floor((until - now) / MINUTE), COLUMNS - 1);
		minutes[minute] = (minutes[minute] ?? 0) + 1;
		next = next === null ? until : Math.min(next, until);
	}
	return { overdue, minutes, next };
}
