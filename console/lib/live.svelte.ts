import { poll } from './poll.ts';
import { messageOf } from './response-error.ts';

/** A message for the reader while what the page shows cannot be refreshed. */
export interface Outage {
	since: number;
	message: string;
}

/**
 * A reading that renews itself from `url` while the page is looked at. The last good one stays
 * when a renewal fails, with the outage beside it; it recovers by itself.
 */
export class Live<T> {
	#value: T = $state.raw() as T;
	#outage: Outage | null = $state.raw(null);
	readonly #url: () => string;

	constructor(initial: T, url: () => string) {
		this.#value = initial;
		this.#url = url;
	}

	get value(): T {
		return this.#value;
	}

	get outage(): Outage | null {
		return this.#outage;
	}

	/** For `onMount` or `$effect`: renews every `interval` ms until the returned function is called. */
	start(interval: number | (() => number)): () => void {
		return poll(() => this.refresh(), interval, { immediate: false });
	}

	async refresh(): Promise<void> {
		try {
			const response = await fetch(this.#url());
			if (!response.ok) throw new Error(await messageOf(response));
			this.#value = (await response.json()) as T;
			this.#outage = null;
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.#outage = { since: this.#outage?.since ?? Date.now(), message };
		}
	}
}
