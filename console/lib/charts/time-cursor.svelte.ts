import { Signal } from '../signal.ts';
import type { Span } from './chart-range.ts';

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

	/** What charts over a span tell of: where the reader points, else the past that the page shows. */
	within({ from, to }: Span): number | null {
		if (this.#at !== null) return this.#at;
		return this.#past !== null && this.#past >= from && this.#past <= to ? this.#past : null;
	}

	/** For canvases. @returns stops it */
	subscribe(listener: () => void): () => void {
		return this.#moved.subscribe(listener);
	}
}
