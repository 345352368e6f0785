import type { Outage } from '../live.svelte.ts';
import { OccupancySeries } from './occupancy-series.ts';
import { applyChanges, countSeats, emptyPicture, replacePicture } from './picture.ts';
import type { SeatCounts, SeatMessage, SeatPicture } from './picture.ts';
import type { PictureSource } from './picture-source.ts';

interface LiveSeatsOptions {
	seats: number;
	revision: number;
	url: string;
	/** The event has another plan now: this picture's indices mean nothing any more. */
	onRevision: () => void;
}

const RETRY_MS = 3000;
/** A gap this long is an outage. */
const LOST_AFTER_MS = 4000;

type Listener = (moved: readonly number[]) => void;

/**
 * An event's seats as the stream tells of them. The arrays are plain and change in place;
 * `version` is what reactive readers follow, and canvases subscribe. The stream is closed while
 * the tab is hidden, and a new one begins with a snapshot.
 */
export class LiveSeats implements PictureSource {
	readonly past = null;
	readonly picture: SeatPicture;
	readonly series = new OccupancySeries();
	#version = $state(0);
	#at: number | null = $state(null);
	#onSale: boolean | null = $state(null);
	#counts: SeatCounts | null = $state.raw(null);
	#outage: Outage | null = $state.raw(null);
	readonly #options: LiveSeatsOptions;
	#listeners: readonly Listener[] = [];
	#source: EventSource | undefined;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#alarm: ReturnType<typeof setTimeout> | undefined;

	constructor(options: LiveSeatsOptions) {
		this.#options = options;
		this.picture = emptyPicture(options.seats);
	}

	/** Rises with every message; read it to follow the picture. */
	get version(): number {
		return this.#version;
	}

	/** When the newest message came; null before the first. */
	get at(): number | null {
		return this.#at;
	}

	get onSale(): boolean | null {
		return this.#onSale;
	}

	get counts(): SeatCounts | null {
		return this.#counts;
	}

	get outage(): Outage | null {
		return this.#outage;
	}

	/** Tells `listener` which seats moved, after each message. @returns stops it */
	subscribe(listener: Listener): () => void {
		this.#listeners = [...this.#listeners, listener];
		return () => {
			this.#listeners = this.#listeners.filter((each) => each !== listener);
		};
	}

	/** Follows the stream while the tab is in view. @returns stops it */
	start(): () => void {
		const onVisibility = () => {
			if (document.hidden) this.#close();
			else this.#open();
		};
		document.addEventListener('visibilitychange', onVisibility);
		onVisibility();
		return () => {
			document.removeEventListener('visibilitychange', onVisibility);
			this.#close();
		};
	}

	#open(): void {
		if (this.#source) return;
		const source = new EventSource(this.#options.url);
		this.#source = source;
		source.addEventListener('snapshot', ({ data }: MessageEvent<string>) =>
			this.#receive(JSON.parse(data) as SeatMessage, replacePicture)
		);
		source.addEventListener('delta', ({ data }: MessageEvent<string>) =>
			this.#receive(JSON.parse(data) as SeatMessage, applyChanges)
		);
		source.addEventListener('stale', ({ data }: MessageEvent<string>) => {
			this.#outage = JSON.parse(data) as Outage;
		});
		source.addEventListener('error', () => this.#lost(source));
	}

	#close(): void {
		clearTimeout(this.#retry);
		clearTimeout(this.#alarm);
		this.#source?.close();
		this.#source = undefined;
	}

	/** The browser reconnects by itself, unless the console refused; then we do. */
	#lost(source: EventSource): void {
		if (source !== this.#source) return;
		if (source.readyState === EventSource.CLOSED) {
			this.#close();
			this.#retry = setTimeout(() => this.#open(), RETRY_MS);
		}
		// A stream that reached its age ends like this too, and the next one follows in a moment.
		clearTimeout(this.#alarm);
		this.#alarm = setTimeout(() => {
			this.#outage ??= { since: this.#at ?? Date.now(), message: 'The console does not answer' };
		}, LOST_AFTER_MS);
	}

	#receive({ at, revision, onSale, seats }: SeatMessage, apply: typeof applyChanges): void {
		if (revision !== this.#options.revision) {
			this.#close();
			this.#options.onRevision();
			return;
		}
		clearTimeout(this.#alarm);
		const moved = apply(this.picture, seats);
		const first = this.#at === null;
		// By this machine's clock, which need not agree with the server's.
		this.#at = Date.now();
		this.#onSale = onSale;
		this.#outage = null;
		if (moved.length > 0 || this.#counts === null) this.#counts = countSeats(this.picture.codes);
		this.series.add(at, this.#counts);
		this.#version += 1;
		for (const listener of this.#listeners) listener(first ? [] : moved);
	}
}
