import type { OccupancySeries, SeriesPoint, SeriesStep } from '$shared/occupancy.ts';
import type { Outage } from '../live.svelte.ts';
import { poll } from '../poll.ts';
import { messageOf } from '../response-error.ts';
import { Signal } from '../signal.ts';
import { spanOf, stepOf } from './chart-range.ts';
import type { ChartRange, Span } from './chart-range.ts';
import { mergePoints, resample } from './resample.ts';
import type { Bucket } from './resample.ts';

/** How often points of a step are asked for, ms. */
const POLL_MS: Record<SeriesStep, number> = { 1: 2000, 10: 5000, 60: 20_000 };
/** Points that are asked for again, because they may not have been complete. */
const REREAD = 5;
/** A chart has no more room than for so many. */
const MAX_BUCKETS = 240;

/**
 * An event's durable series over the chosen range, renewed while the page is looked at. The arrays
 * are plain; `version` is what reactive readers follow, and canvases subscribe.
 */
export class SeriesFeed {
	readonly range: ChartRange;
	#version = $state(0);
	#loaded = $state(false);
	#outage: Outage | null = $state.raw(null);
	#buckets: readonly Bucket[] = [];
	#span: Span;
	#points: readonly SeriesPoint[] = [];
	readonly #step: SeriesStep;
	readonly #url: (query: Record<string, number>) => string;
	readonly #renewed = new Signal();

	constructor(range: ChartRange, url: (query: Record<string, number>) => string) {
		this.range = range;
		this.#url = url;
		const now = Date.now();
		this.#span = spanOf(range, now);
		this.#step = stepOf(this.#span, now);
	}

	/** Rises with every renewal; read it to follow the buckets. */
	get version(): number {
		return this.#version;
	}

	get loaded(): boolean {
		return this.#loaded;
	}

	get outage(): Outage | null {
		return this.#outage;
	}

	get span(): Span {
		return this.#span;
	}

	get buckets(): readonly Bucket[] {
		return this.#buckets;
	}

	/** Whether the range ends in the present and moves on with it. */
	get isLive(): boolean {
		return this.range.preset !== null;
	}

	/** For canvases. @returns stops it */
	subscribe(listener: () => void): () => void {
		return this.#renewed.subscribe(listener);
	}

	/** Reads the range, and what is new in it from then on. @returns stops it */
	start(): () => void {
		return poll(() => this.#renew(), POLL_MS[this.#step]);
	}

	async #renew(): Promise<void> {
		if (this.#loaded && this.#outage === null && !this.isLive) return;
		this.#span = spanOf(this.range, Date.now());
		const { from, to } = this.#span;
		const last = this.#points.at(-1);
		const since = last ? Math.max(from, last.at - REREAD * this.#step * 1000) : from;
		try {
			const response = await fetch(
				this.#url({ from: Math.floor(since), to: Math.ceil(to), step: this.#step })
			);
			if (!response.ok) throw new Error(await messageOf(response));
			const { points } = (await response.json()) as OccupancySeries;
			// One point from before the span tells what was so when it began.
			this.#points = mergePoints(this.#points, points, from - this.#step * 1000);
			this.#buckets = resample(this.#points, this.#step, this.#span, MAX_BUCKETS);
			this.#loaded = true;
			this.#outage = null;
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.#outage = { since: this.#outage?.since ?? Date.now(), message };
		}
		this.#version += 1;
		this.#renewed.emit();
	}
}
