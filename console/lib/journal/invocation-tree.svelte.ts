import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import { messageOf } from '../response-error.ts';
import { urls } from '../urls.ts';
import type { InvocationNews } from './detail.ts';
import type { Detail } from './entry-details.ts';
import { InvocationFeed } from './invocation-feed.svelte.ts';
import type { TimelineFilter } from './timeline-filter.ts';
import { matcher } from './timeline-filter.ts';
import { calledBy, flattenTree, openChildren } from './timeline-tree.ts';
import type { OpenChild, TreeRow } from './timeline-tree.ts';

/** An invocation and those of its children that are shown in place, each as it goes on. */
export class InvocationTree {
	readonly root: InvocationFeed;
	/** By the key of the row that each was opened from. */
	readonly #children = new SvelteMap<string, InvocationFeed>();
	readonly #payloads: Record<string, Promise<Detail[]> | undefined> = {};

	readonly #open = $derived(openChildren(this.#children, shown));
	readonly #unsettled = $derived([...this.#children.values()].filter(({ settled }) => !settled));

	constructor(id: string, first: InvocationNews) {
		this.root = new InvocationFeed(id, first);
	}

	/** The rows that a filter shows, children inside. */
	rows(filter: TimelineFilter): TreeRow[] {
		const { id, items } = this.root;
		return flattenTree({ id, items, children: this.#open, shows: matcher(filter) });
	}

	/** For `$effect`: shows in place what the rows of these keys called, and nothing else. */
	showChildren(keys: readonly string[], rows: readonly TreeRow[]): void {
		for (const row of rows) {
			const called = row.is === 'item' && row.child === 'closed' ? calledBy(row.item) : null;
			if (called !== null && keys.includes(row.key))
				this.#children.set(row.key, new InvocationFeed(called, null));
		}
		for (const key of untrack(() => [...this.#children.keys()]))
			if (!keys.includes(key)) this.#children.delete(key);
	}

	/** For `$effect`: follows the children that are open and under way. */
	followChildren(): () => void {
		const stops = this.#unsettled.map((feed) => feed.start());
		return () => stops.forEach((stop) => stop());
	}

	/** What entries of a journal carry; asked for once, as it never changes. */
	payloads(owner: string, entries: readonly number[]): Promise<Detail[]> {
		const url = urls.invocationPayloads(owner, entries);
		const known = this.#payloads[url];
		if (known) return known;
		const asked = fetchDetails(url);
		this.#payloads[url] = asked;
		// One that failed is asked for again the next time.
		asked.catch(() => (this.#payloads[url] = undefined));
		return asked;
	}
}

function shown({ items, header, gone, outage }: InvocationFeed): OpenChild {
	if (gone) return { items, message: 'Restate knows it no more' };
	if (outage) return { items, message: `${outage.message}. It tries again by itself.` };
	return { items, message: header ? null : 'Loading …' };
}

async function fetchDetails(url: string): Promise<Detail[]> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(await messageOf(response));
	return (await response.json()) as Detail[];
}
