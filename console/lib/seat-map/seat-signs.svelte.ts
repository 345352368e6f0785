import { untrack } from 'svelte';
import type { PictureSource } from './picture-source.ts';
import { countSigns, readSigns } from './signs.ts';
import type { SignCounts } from './signs.ts';

/** Which seats look different now, and which of them became another status just now. */
type Listener = (changed: readonly number[], moved: readonly number[]) => void;

const TICK_MS = 1000;

/**
 * The signs of a picture's seats, kept up with the picture and, while it shows the present, with
 * the clock. `codes` is plain and changes in place; `version` is what reactive readers follow.
 */
export class SeatSigns {
	readonly codes: Uint8Array;
	readonly source: PictureSource;
	#counts: SignCounts = $state.raw({ AVAILABLE: 0, RESERVED: 0, SOLD: 0, OVERDUE: 0, EXPIRING: 0 });
	#version = $state(0);
	#listeners: readonly Listener[] = [];

	constructor(source: PictureSource, seats: number) {
		this.source = source;
		this.codes = new Uint8Array(seats);
	}

	/** Rises whenever a sign changed; read it to follow them. */
	get version(): number {
		return this.#version;
	}

	/** Null before the first picture. */
	get counts(): SignCounts | null {
		return this.source.counts === null ? null : this.#counts;
	}

	/** Tells `listener` of every change. @returns stops it */
	subscribe(listener: Listener): () => void {
		this.#listeners = [...this.#listeners, listener];
		return () => {
			this.#listeners = this.#listeners.filter((each) => each !== listener);
		};
	}

	/** Follows the picture and the clock. @returns stops it */
	start(): () => void {
		untrack(() => this.#read([]));
		const unsubscribe = this.source.subscribe((moved) => this.#read(moved));
		const timer = setInterval(() => {
			if (!document.hidden && this.source.past === null) this.#read([]);
		}, TICK_MS);
		return () => {
			unsubscribe();
			clearInterval(timer);
		};
	}

	#read(moved: readonly number[]): void {
		const changed = readSigns(this.codes, this.source.picture, Date.now());
		if (changed.length === 0 && this.#version > 0) return;
		this.#counts = countSigns(this.codes);
		this.#version += 1;
		for (const listener of this.#listeners) listener(changed, moved);
	}
}
