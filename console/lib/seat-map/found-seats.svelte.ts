import { poll } from '../poll.ts';
import { messageOf } from '../response-error.ts';
import { indicesOf } from './seat-filter.ts';

/** Somebody's seats change while a page looks at them. */
const RENEW_MS = 5000;

/** The seats of the holder or the order that the page's filter names, renewed while it does. */
export class FoundSeats {
	#seats: ReadonlySet<number> | null = $state.raw(null);
	#message: string | null = $state(null);

	/** Null while nothing is asked for, and before the first answer. */
	get seats(): ReadonlySet<number> | null {
		return this.#seats;
	}

	/** Why they could not be found, if so. */
	get message(): string | null {
		return this.#message;
	}

	/** Asks `url` now and then; null asks for nothing. @returns stops it */
	follow(url: string | null, indexOf: ReadonlyMap<string, number>): () => void {
		this.#seats = null;
		this.#message = null;
		return url === null ? () => undefined : poll(() => this.#read(url, indexOf), RENEW_MS);
	}

	async #read(url: string, indexOf: ReadonlyMap<string, number>): Promise<void> {
		try {
			const response = await fetch(url);
			if (!response.ok) throw new Error(await messageOf(response));
			const { seats } = (await response.json()) as { seats: string[] };
			this.#seats = indicesOf(seats, indexOf);
			this.#message = null;
		} catch (error) {
			this.#message = error instanceof Error ? error.message : String(error);
		}
	}
}
