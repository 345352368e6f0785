import type { OccupancyReplay } from '$shared/occupancy.ts';
import { Tape } from './tape.ts';

/** Tapes begin at multiples of this and end there at the latest. */
export const TAPE_MS = 5 * 60_000;
/** Tapes kept; of a large venue one takes about a megabyte. */
const KEPT = 8;

/** What happened so lately may not all be written down yet. */
export const SETTLED_MS = 5000;

type Fetch = (from: number, to: number) => Promise<OccupancyReplay>;

/**
 * The tapes of one event, fetched as they are asked for. A tape may end early: where the present
 * begins, or where so much happened that the answer was cut. The next one then begins there.
 */
export class Shelf {
	readonly #fetch: Fetch;
	readonly #now: () => number;
	#tapes: readonly Tape[] = [];
	readonly #coming = new Map<number, Promise<Tape>>();
	/** The oldest moment that can be shown; null until something was fetched. */
	oldest: number | null = null;

	constructor(fetch: Fetch, now: () => number = Date.now) {
		this.#fetch = fetch;
		this.#now = now;
	}

	/**
	 * The tape that a moment is on; of one that is not written down yet, the newest.
	 *
	 * @throws what the fetch throws; asking again tries again
	 */
	async at(moment: number): Promise<Tape> {
		const wanted = Math.min(moment, this.#now() - SETTLED_MS - 1);
		for (;;) {
			const known = this.#tapes.find((tape) => tape.holds(wanted));
			if (known) return known;
			const from = this.#startOf(wanted);
			const tape = await this.#take(from);
			// One that begins later is of an event whose history does.
			if (tape.holds(wanted) || tape.from > wanted || tape.to <= from) return tape;
		}
	}

	/** Has the tape of a moment at hand before it is asked for. */
	prepare(moment: number): void {
		if (moment >= this.#now() - SETTLED_MS) return;
		if (this.#tapes.some((tape) => tape.holds(moment))) return;
		// What could not be fetched now is fetched again when it is needed, and fails there.
		this.#take(this.#startOf(moment)).catch(() => undefined);
	}

	#startOf(moment: number): number {
		const start = Math.floor(moment / TAPE_MS) * TAPE_MS;
		const ends = this.#tapes.map(({ to }) => to).filter((to) => to > start && to <= moment);
		return Math.max(start, ...ends);
	}

	#take(from: number): Promise<Tape> {
		const coming = this.#coming.get(from);
		if (coming) return coming;
		const cell = (Math.floor(from / TAPE_MS) + 1) * TAPE_MS;
		const end = Math.min(cell, this.#now() - SETTLED_MS);
		const tape = this.#fetch(from, end)
			.then((replay) => {
				this.oldest = replay.oldest;
				const fetched = new Tape(replay);
				if (fetched.to > fetched.from) this.#tapes = [...this.#tapes, fetched].slice(-KEPT);
				return fetched;
			})
			.finally(() => this.#coming.delete(from));
		this.#coming.set(from, tape);
		return tape;
	}
}
