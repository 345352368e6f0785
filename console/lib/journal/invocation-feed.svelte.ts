import { isCompleted } from '../invocation.ts';
import type { Outage } from '../live.svelte.ts';
import { poll } from '../poll.ts';
import { messageOf } from '../response-error.ts';
import { urls } from '../urls.ts';
import { buildTimeline } from './build-timeline.ts';
import type { InvocationHeader, InvocationNews, NewsCursor } from './detail.ts';
import { START } from './detail.ts';
import type { TimelineItem } from './timeline.ts';
import type { WireEntry } from './wire-entry.ts';

const INTERVAL_MS = 1000;
/** The Worker's log lines arrive a little after what they tell of. */
const AFTERMATH_MS = 8000;

/**
 * One invocation as it goes on: what has come so far, and whatever comes after, fetched bit by bit
 * while somebody looks. It stops by itself some seconds after the invocation has ended.
 */
export class InvocationFeed {
	readonly id: string;
	#header: InvocationHeader | null = $state.raw(null);
	#entries: readonly WireEntry[] = $state.raw([]);
	#events: readonly TimelineItem[] = $state.raw([]);
	#logs: readonly TimelineItem[] = $state.raw([]);
	#actions: readonly TimelineItem[] = $state.raw([]);
	#missing: string | null = $state.raw(null);
	#outage: Outage | null = $state.raw(null);
	#gone = $state(false);
	#cursor: NewsCursor = START;

	/** Journal entries that have not come yet. */
	readonly remaining = $derived(
		Math.max(0, (this.#header?.journalSize ?? 0) - this.#entries.length)
	);
	readonly items: TimelineItem[] = $derived(
		buildTimeline(
			{
				entries: this.#entries,
				events: this.#events,
				logs: this.#logs,
				actions: this.#actions,
				partial: this.remaining > 0
			},
			this.#header ?? undefined
		)
	);
	/** Nothing more will come. */
	readonly settled = $derived.by(() => {
		if (this.#gone) return true;
		if (!this.#header || this.remaining > 0 || !isCompleted(this.#header.status)) return false;
		const { readAt, completedAt, modifiedAt } = this.#header;
		return readAt - (completedAt ?? modifiedAt) > AFTERMATH_MS;
	});

	constructor(id: string, first: InvocationNews | null) {
		this.id = id;
		if (first) this.#take(first);
	}

	get header(): InvocationHeader | null {
		return this.#header;
	}

	/** What could not be read beside the rest, in a sentence. */
	get missing(): string | null {
		return this.#missing;
	}

	/** Since when nothing can be read. */
	get outage(): Outage | null {
		return this.#outage;
	}

	/** Restate knows it no more. */
	get gone(): boolean {
		return this.#gone;
	}

	/** For `$effect`: goes on reading until the returned function is called. */
	start(): () => void {
		let stopped = false;
		const stop = poll(() => this.#read(() => stopped), INTERVAL_MS, {
			immediate: this.#header === null || this.remaining > 0
		});
		return () => {
			stopped = true;
			stop();
		};
	}

	async #read(isStopped: () => boolean): Promise<void> {
		try {
			// The rest of a long journal first: a reading of everything else would only delay it.
			while (this.remaining > 0 && !isStopped()) if (!(await this.#readWindow())) break;
			if (!isStopped()) await this.#readNews();
			this.#outage = null;
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.#outage = { since: this.#outage?.since ?? Date.now(), message };
		}
	}

	async #readNews(): Promise<void> {
		const response = await fetch(urls.invocationData(this.id, { ...this.#cursor }));
		if (response.status === 404) {
			this.#gone = true;
			return;
		}
		this.#take(await bodyOf<InvocationNews>(response));
	}

	/** @returns whether there was anything in it: a journal may be dropped while it is read */
	async #readWindow(): Promise<boolean> {
		const response = await fetch(urls.invocationJournal(this.id, this.#cursor.entry));
		const entries = await bodyOf<WireEntry[]>(response);
		this.#append(entries);
		return entries.length > 0;
	}

	#take({ header, entries, events, logs, actions, missing, cursor }: InvocationNews): void {
		this.#append(entries);
		// Events of the newest known moment come again.
		const fresh = events.filter(({ id }) => !this.#events.some((known) => known.id === id));
		if (fresh.length > 0) this.#events = [...this.#events, ...fresh];
		if (logs.length > 0) this.#logs = [...this.#logs, ...logs];
		if (actions.length > 0 || missing === null) this.#actions = actions;
		this.#missing = missing;
		this.#cursor = { ...cursor, entry: this.#cursor.entry };
		this.#header = header;
	}

	#append(entries: readonly WireEntry[]): void {
		// Two readings may overlap; the journal's order is that of its indexes, without gaps.
		const fresh = entries.filter(({ index }) => index >= this.#cursor.entry);
		if (fresh.length === 0) return;
		this.#entries = [...this.#entries, ...fresh];
		this.#cursor = { ...this.#cursor, entry: (fresh.at(-1)?.index ?? 0) + 1 };
	}
}

async function bodyOf<Body>(response: Response): Promise<Body> {
	if (response.ok) return (await response.json()) as Body;
	throw new Error(await messageOf(response));
}
