/** The values that were put last, with their time, in bounded memory. */
export class Recent<V> {
	readonly #limit: number;
	readonly #entries = new Map<string, { value: V; at: number }>();

	constructor(limit: number) {
		this.#limit = limit;
	}

	get(key: string): { value: V; at: number } | undefined {
		return this.#entries.get(key);
	}

	/** Keeps `value`, and forgets the one that was put longest ago when there are too many. */
	put(key: string, value: V, at: number): void {
		this.#entries.delete(key);
		this.#entries.set(key, { value, at });
		const [oldest] = this.#entries.keys();
		if (this.#entries.size > this.#limit && oldest !== undefined) this.#entries.delete(oldest);
	}
}
