import { Signal } from '../signal.ts';

/** The moments that all charts over time mark: where the reader points, and what the page shows. */
export class TimeCursor {
	#at: number | null = $state(null);
	#past: number | null = $state(null);
	readonly #moved = new Signal();

	/** Where the reader points; reactive, null while nowhere. */
	get at(): number | null {
		return this.#at;
	}

	set at(at: number | null) {
		if (at === this.#at) return;
		this.#at = at;
		this.#moved.emit();
	}

	/** The moment of the past that the page shows; reactive, null while it shows the present. */
	get past(): number | null {
		return this.#past;
	}

	set past(past: number | null) {
		if (past === this.#past) return;
		this.#past = past;
		this.#moved.emit();
	}

	/** For canvases. @returns stops it */
	subscribe(listener: () => void): () => void {
		return this.#moved.subscribe(listener);
	}
}
