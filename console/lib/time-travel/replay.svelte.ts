import type { OccupancyReplay } from '$shared/occupancy.ts';
import { exact } from '../format.ts';
import type { PictureSource } from '../seat-map/picture-source.ts';
import { countSeats } from '../seat-map/picture.ts';
import type { SeatCounts } from '../seat-map/picture.ts';
import { Signal } from '../signal.ts';
import { SETTLED_MS, Shelf, TAPE_MS } from './shelf.ts';
import type { Tape } from './tape.ts';

interface ReplayOptions {
	seats: number;
	/** Of the plan that the page shows; the past of another one has other indices. */
	revision: number;
	fetch: (from: number, to: number) => Promise<OccupancyReplay>;
}

const RETRY_MS = 1000;
/** A jump in which more seats move than this is a new picture rather than so many changes. */
const MOST_TOLD = 500;

/** The seats of an event at a moment of its past, for the map to draw instead of the live ones. */
export class Replay implements PictureSource {
	readonly picture: { codes: Uint8Array; untils: Float64Array };
	#version = $state(0);
	#past = $state(0);
	#counts: SeatCounts | null = $state.raw(null);
	#problem: string | null = $state(null);
	#oldest: number | null = $state(null);
	readonly #shelf: Shelf;
	readonly #revision: number;
	#tape: Tape | undefined;
	#wanted: number | null = null;
	#retry: ReturnType<typeof setTimeout> | undefined;
	readonly #moved = new Signal<[moved: readonly number[]]>();

	constructor({ seats, revision, fetch }: ReplayOptions) {
		this.#shelf = new Shelf(fetch);
		this.#revision = revision;
		this.picture = { codes: new Uint8Array(seats), untils: new Float64Array(seats) };
	}

	get version(): number {
		return this.#version;
	}

	get past(): number {
		return this.#past;
	}

	get counts(): SeatCounts | null {
		return this.#counts;
	}

	/** Why the moment cannot be shown; null when it can. */
	get problem(): string | null {
		return this.#problem;
	}

	/** The oldest moment that can be shown; null before anything was. */
	get oldest(): number | null {
		return this.#oldest;
	}

	subscribe(listener: (moved: readonly number[]) => void): () => void {
		return this.#moved.subscribe(listener);
	}

	/** Shows a moment: at once where its tape is at hand, else when it has come. */
	async show(moment: number): Promise<void> {
		this.#past = moment;
		this.#wanted = moment;
		clearTimeout(this.#retry);
		if (this.#tape?.holds(moment)) this.#wind(this.#tape, moment);
		else await this.#change(moment);
		this.#shelf.prepare(moment + TAPE_MS / 2);
	}

	/** Shows nothing any more, and waits for nothing. */
	leave(): void {
		this.#wanted = null;
		clearTimeout(this.#retry);
	}

	async #change(moment: number): Promise<void> {
		// Of an event this young, the history would be refused for not having begun.
		if (moment >= Date.now() - SETTLED_MS) {
			this.#await(moment);
			return;
		}
		try {
			const tape = await this.#shelf.at(moment);
			// The reader has gone on to another moment meanwhile.
			if (this.#wanted !== moment) return;
			this.#oldest = this.#shelf.oldest;
			if (tape.revision !== this.#revision)
				this.#fail('The event had another seating plan then, which this map cannot draw');
			else if (moment < tape.from)
				this.#fail(`The history begins at ${exact(tape.from, 'utc')}; nothing older is kept`);
			else if (tape.holds(moment)) this.#wind(tape, moment);
			else this.#await(moment);
		} catch (error) {
			if (this.#wanted === moment)
				this.#fail(error instanceof Error ? error.message : String(error));
		}
	}

	/** The moment has passed, but what happened until then is still being written down. */
	#await(moment: number): void {
		this.#fail('That moment is not recorded yet; it shows as soon as it is');
		clearTimeout(this.#retry);
		this.#retry = setTimeout(() => {
			if (this.#wanted === moment) void this.#change(moment);
		}, RETRY_MS);
	}

	#wind(tape: Tape, moment: number): void {
		const same = tape === this.#tape;
		const moved = tape.seek(moment);
		this.#tape = tape;
		const { codes } = this.picture;
		if (same) for (const seat of moved) codes[seat] = tape.codes[seat] ?? 0;
		else codes.set(tape.codes.subarray(0, codes.length));
		this.#problem = null;
		this.#counts = countSeats(codes);
		this.#tell(same && moved.length <= MOST_TOLD ? moved : []);
	}

	#fail(problem: string): void {
		this.#problem = problem;
		this.#tape = undefined;
		this.#counts = null;
		this.picture.codes.fill(0);
		this.#tell([]);
	}

	#tell(moved: readonly number[]): void {
		this.#version += 1;
		this.#moved.emit(moved);
	}
}
