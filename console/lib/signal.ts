/** Tells whoever listens, for those that draw on canvases and must not be reactive. */
export class Signal<Args extends unknown[] = []> {
	#listeners: readonly ((...args: Args) => void)[] = [];

	/** @returns stops it */
	subscribe(listener: (...args: Args) => void): () => void {
		this.#listeners = [...this.#listeners, listener];
		return () => {
			this.#listeners = this.#listeners.filter((each) => each !== listener);
		};
	}

	/** A listener that leaves meanwhile is still told. */
	emit(...args: Args): void {
		for (const listener of this.#listeners) listener(...args);
	}
}
