import type { OccupancyReplay } from '$shared/occupancy.ts';
import { Tape } from './tape.ts';

/** Tapes begin at multiples of this and end there at the latest. */
export const TAPE_MS = 5 * 60_000;
/** Tapes kept; of a large venue one takes about a megabyte. */
const KEPT = 8;

type Fetch = (from: number, to: number) => Promise<OccupancyReplay>;

/**
 * The tapes of one event, fetched as they are asked for. A tape may end early: where the present
 * begins, or where so much happened that the answer was cut. The next one then begins there.
 */
export class Shelf {
	readonly #fetch: Fetch;
	#tapes: readonly Tape[] = [];
	readonly #coming = new Map<number, Promise<Tape>>();
	/** The oldest moment that can be shown; null until something was fetched. */
	oldest: number | null = null;

	constructor(fetch: Fetch) {
		this.#fetch = fetch;
	}

	/**
	 * The tape that a moment is on, or the one that ends nearest before it.
	 *
	 * @throws what the fetch throws; asking again tries again
	 */
	async at(moment: number): Promise<Tape> {
		for (;;) {
			const known = this.#tapes.find((tape) => tape.holds(moment));
			if (known) return known;
			const from = this.#startOf(moment);
			const tape = await this.#take(from);
			if (tape.holds(moment) || tape.to <= from) return tape;
		}
	}

	/** Has the tape of a moment at hand before it is asked for. */
	prepare(moment: number): void {
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
		const end = (Math.floor(from / TAPE_MS) + 1) * TAPE_MS;
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
