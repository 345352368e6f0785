import type { InvocationStatus } from '$lib/invocation.ts';
import { Live } from '$lib/live.svelte.ts';
import { poll } from '$lib/poll.ts';
import { refreshPause } from '$lib/refresh-pause.ts';

/** What the counting endpoint answers. */
interface Counting {
	counts: Partial<Record<InvocationStatus, number>>;
	readAt: number;
	tookMs: number;
}

/**
 * How many invocations a filter matches, by status. Counted apart from the list, which never waits
 * for it, and as seldom as it is expensive.
 */
export class InvocationCounter {
	readonly #live: Live<Counting | null>;

	constructor(url: string) {
		this.#live = new Live<Counting | null>(null, () => url);
	}

	get counts(): Counting['counts'] | null {
		return this.#live.value?.counts ?? null;
	}

	get state(): 'counting' | 'counted' | 'failed' {
		if (this.#live.outage) return 'failed';
		return this.#live.value ? 'counted' : 'counting';
	}

	get problem(): string {
		return this.#live.outage?.message ?? '';
	}

	get readAt(): number {
		return this.#live.value?.readAt ?? 0;
	}

	get tookMs(): number {
		return this.#live.value?.tookMs ?? 0;
	}

	/** All that match some statuses, or any; null while that is not known. */
	total(statuses: readonly InvocationStatus[]): number | null {
		const { counts } = this;
		if (!counts) return null;
		return Object.entries(counts)
			.filter(([status]) => statuses.length === 0 || statuses.some((each) => each === status))
			.reduce((sum, [, n]) => sum + n, 0);
	}

	/** Counts now, and again and again until the returned function is called. */
	start(): () => void {
		return poll(
			() => this.#live.refresh(),
			() => refreshPause(this.tookMs)
		);
	}
}
