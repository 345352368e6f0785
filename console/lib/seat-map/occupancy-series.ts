import type { SeatCounts } from './picture.ts';

/** One moment of an event's occupancy. */
export interface SeriesPoint {
	at: number;
	held: number;
	sold: number;
}

/** Points kept. When they are full every second one goes, so the whole time stays in view. */
const CAPACITY = 720;

/** Occupancy since a page was opened, in bounded memory. */
export class OccupancySeries {
	#points: SeriesPoint[] = [];
	/** At least this long between kept points; doubles with every thinning. */
	#step = 0;

	/** Adds a moment; the newest one always shows, even before its step is over. */
	add(at: number, { held, sold }: SeatCounts): void {
		const before = this.#points.at(-2);
		const last = this.#points.at(-1);
		const replaces = last && (at <= last.at || (before && last.at - before.at < this.#step));
		if (replaces) this.#points.pop();
		this.#points.push({ at, held, sold });
		if (this.#points.length > CAPACITY) this.#thin();
	}

	get points(): readonly SeriesPoint[] {
		return this.#points;
	}

	#thin(): void {
		const last = this.#points.length - 1;
		this.#points = this.#points.filter((_, index) => index % 2 === 0 || index === last);
		const [first, newest] = [this.#points[0], this.#points.at(-1)];
		if (first && newest) this.#step = (newest.at - first.at) / this.#points.length;
	}
}
