import type { Outage } from '../live.svelte.ts';
import { applyChanges, countSeats, emptyPicture, lapseHolds, replacePicture } from './picture.ts';
import type { SeatCounts, SeatPicture } from './picture.ts';
import type { PictureSource } from './picture-source.ts';
import type { BeatMessage, DeltaMessage, SnapshotMessage } from './seat-messages.ts';

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
/** The stream beats every other second: one this silent is dead, whatever the browser thinks. */
const SILENT_MS = 15_000;
const LAPSE_MS = 1000;

type Listener = (moved: readonly number[]) => void;

/**
 * An event's seats as the stream tells of them. The arrays are plain and change in place;
 * `version` is what reactive readers follow, and canvases subscribe. The stream is closed while
 * the tab is hidden, and a new one begins with a snapshot; where the connection alone broke, the
 * browser tells the next one how far it came.
 */
export class LiveSeats implements PictureSource {
	readonly past = null;
	readonly picture: SeatPicture;
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
	#silence: ReturnType<typeof setTimeout> | undefined;
	#lapsing: ReturnType<typeof setInterval> | undefined;
	/** How far the servers' clock, which deadlines go by, is ahead of this machine's. */
	#ahead = 0;

	constructor(options: LiveSeatsOptions) {
		this.#options = options;
		this.picture = emptyPicture(options.seats);
	}

	/** Rises with every change of the picture; read it to follow. */
	get version(): number {
		return this.#version;
	}

	/** When the seats were last read, by this machine's clock; null before the first message. */
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

	/** Tells `listener` which seats moved; none, for the first picture. @returns stops it */
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
		source.addEventListener('snapshot', ({ data }: MessageEvent<string>) => {
			const message = JSON.parse(data) as SnapshotMessage;
			this.#receive(source, message, (now) => replacePicture(this.picture, message, now));
		});
		source.addEventListener('delta', ({ data }: MessageEvent<string>) => {
			const message = JSON.parse(data) as DeltaMessage;
			this.#receive(source, message, (now) => applyChanges(this.picture, message.seats, now));
		});
		source.addEventListener('beat', ({ data }: MessageEvent<string>) =>
			this.#receive(source, JSON.parse(data) as BeatMessage, () => [])
		);
		source.addEventListener('stale', ({ data }: MessageEvent<string>) => {
			const { since, message } = JSON.parse(data) as Outage;
			this.#outage = { since: since - this.#ahead, message };
			this.#heard(source);
		});
		source.addEventListener('error', () => this.#lost(source));
		this.#heard(source);
		this.#lapsing = setInterval(() => this.#lapseHolds(), LAPSE_MS);
	}

	#close(): void {
		clearTimeout(this.#retry);
		clearTimeout(this.#alarm);
		clearTimeout(this.#silence);
		clearInterval(this.#lapsing);
		this.#source?.close();
		this.#source = undefined;
	}

	/** The browser reconnects by itself, unless the console refused; then we do. */
	#lost(source: EventSource): void {
		if (source !== this.#source) return;
		if (source.readyState === EventSource.CLOSED) this.#reopen();
		// A stream that reached its age ends like this too, and the next one follows in a moment.
		clearTimeout(this.#alarm);
		this.#alarm = setTimeout(() => this.#unheard(), LOST_AFTER_MS);
	}

	#reopen(): void {
		this.#close();
		this.#retry = setTimeout(() => this.#open(), RETRY_MS);
	}

	#unheard(): void {
		this.#outage ??= { since: this.#at ?? Date.now(), message: 'The console does not answer' };
	}

	#heard(source: EventSource): void {
		clearTimeout(this.#silence);
		this.#silence = setTimeout(() => {
			if (source !== this.#source) return;
			this.#unheard();
			this.#reopen();
		}, SILENT_MS);
	}

	#receive(source: EventSource, message: BeatMessage, apply: (now: number) => number[]): void {
		const { at, now, revision, onSale } = message;
		if (revision !== this.#options.revision) {
			this.#close();
			this.#options.onRevision();
			return;
		}
		clearTimeout(this.#alarm);
		this.#heard(source);
		const first = this.#at === null;
		this.#ahead = now - Date.now();
		const moved = apply(now);
		this.#at = at - this.#ahead;
		this.#onSale = onSale;
		this.#outage = null;
		this.#count(moved);
		if (first || moved.length > 0) this.#tell(first ? [] : moved);
	}

	#lapseHolds(): void {
		const moved = lapseHolds(this.picture, Date.now() + this.#ahead);
		if (moved.length === 0) return;
		this.#count(moved);
		this.#tell(moved);
	}

	#count(moved: readonly number[]): void {
		if (moved.length > 0 || this.#counts === null) this.#counts = countSeats(this.picture.codes);
	}

	#tell(moved: readonly number[]): void {
		this.#version += 1;
		for (const listener of this.#listeners) listener(moved);
	}
}
