import type { StoredLog } from '$shared/log-row.ts';
import { mergeLogs } from './log-reading.ts';
import type { LogReading, LogTail } from './log-reading.ts';
import type { Outage } from './live.svelte.ts';
import { poll } from './poll.ts';
import { messageOf } from './response-error.ts';

/** Rows on the page at most: the oldest make way. */
const SHOWN = 400;
const INTERVAL_MS = 2000;

/**
 * The rows of a log page that follows what is written. What comes while the reader looks at older
 * rows is held back, so that nothing moves under their eyes.
 */
export class FollowedLogs {
	#rows: StoredLog[] = $state.raw([]);
	#held: StoredLog[] = $state.raw([]);
	#readAt = $state.raw(0);
	#outage: Outage | null = $state.raw(null);
	/** Whether rows were written faster than they can be followed, and some are not shown. */
	#gap = $state.raw(false);
	#seen: number;
	/** Set by the page: whether what comes now may move what is shown. */
	atTop = true;
	readonly #url: (seen: number) => string;

	constructor({ rows, seen, readAt }: LogReading, url: (seen: number) => string) {
		this.#rows = rows;
		this.#seen = seen;
		this.#readAt = readAt;
		this.#url = url;
	}

	get rows(): StoredLog[] {
		return this.#rows;
	}

	/** How many rows wait to be shown. */
	get held(): number {
		return this.#held.length;
	}

	get readAt(): number {
		return this.#readAt;
	}

	get outage(): Outage | null {
		return this.#outage;
	}

	get gap(): boolean {
		return this.#gap;
	}

	/** Shows what was held back. */
	release(): void {
		this.#rows = mergeLogs(this.#rows, this.#held, SHOWN);
		this.#held = [];
	}

	/** For `$effect`: follows until the returned function is called, at rest in a hidden tab. */
	start(): () => void {
		return poll(() => this.#refresh(), INTERVAL_MS, { immediate: false });
	}

	async #refresh(): Promise<void> {
		try {
			const response = await fetch(this.#url(this.#seen));
			if (!response.ok) throw new Error(await messageOf(response));
			const { rows, seen, more, readAt } = (await response.json()) as LogTail;
			this.#seen = seen;
			this.#gap ||= more;
			this.#readAt = readAt;
			this.#outage = null;
			this.#held = mergeLogs(this.#held, rows, SHOWN);
			if (this.atTop) this.release();
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			this.#outage = { since: this.#outage?.since ?? Date.now(), message };
		}
	}
}
