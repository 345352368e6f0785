import type { SeatView } from '$shared/seat-history.ts';
import { Recent } from '../recent.ts';
import { urls } from '../urls.ts';

/** A pointer that passes over a seat means nothing; one that rests asks. */
const REST_MS = 120;
/** A fact this old is asked for again. */
const FRESH_MS = 2000;
const KEPT = 200;

/**
 * What the stored state of the seat under the pointer says beyond the picture: who has it, and
 * which order. Asked for when the pointer rests, dropped when it moves on, kept for a moment.
 */
export class SeatFacts {
	#seat: SeatView | null = $state.raw(null);
	#message: string | null = $state(null);
	#timer: ReturnType<typeof setTimeout> | undefined;
	#asking: AbortController | undefined;
	readonly #known = new Recent<SeatView>(KEPT);

	/** The facts of the seat asked for last; null until they are known. */
	get seat(): SeatView | null {
		return this.#seat;
	}

	/** Why they could not be read, if so. */
	get message(): string | null {
		return this.#message;
	}

	/** Asks for the facts of `key`, instead of those asked for before; null asks for none. */
	ask(key: string | null): void {
		clearTimeout(this.#timer);
		this.#asking?.abort();
		const known = key === null ? undefined : this.#known.get(key);
		this.#seat = known?.value ?? null;
		this.#message = null;
		if (key === null || (known && Date.now() - known.at < FRESH_MS)) return;
		this.#timer = setTimeout(() => void this.#read(key), REST_MS);
	}

	async #read(key: string): Promise<void> {
		const asking = new AbortController();
		this.#asking = asking;
		try {
			const response = await fetch(urls.seatNow(key), { signal: asking.signal });
			if (!response.ok) throw new Error(`the console answered ${response.status}`);
			const seat = (await response.json()) as SeatView;
			this.#known.put(key, seat, Date.now());
			this.#seat = seat;
		} catch (error) {
			if (asking.signal.aborted) return;
			this.#message = error instanceof Error ? error.message : String(error);
		}
	}
}
