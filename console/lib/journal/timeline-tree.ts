import { foldRepeats } from './timeline.ts';
import type { TimelineItem } from './timeline.ts';

/** A child invocation that was opened in place. */
export interface OpenChild {
	/** Its rows as far as they have come. */
	items: readonly TimelineItem[];
	/** Why there are none. */
	message: string | null;
}

interface Place {
	/** Unlike every other row's; a child's begins with that of the row it was opened from. */
	key: string;
	depth: number;
	/** The invocation that the row is of. */
	owner: string;
}

/** A row of a timeline; `child` is where the timeline is that it could show in place. */
export interface ItemRow extends Place {
	is: 'item';
	item: TimelineItem;
	child: 'none' | 'closed' | 'open' | 'above';
}

/** What there is to say instead of a child's rows. */
export interface NoteRow extends Place {
	is: 'note';
	text: string;
}

export type TreeRow = ItemRow | NoteRow;

interface Shown {
	/** Of the invocation. */
	id: string;
	items: readonly TimelineItem[];
	/** Opened children by the key of the row they were opened from. */
	children: ReadonlyMap<string, OpenChild>;
	shows: (item: TimelineItem) => boolean;
}

/**
 * A timeline with its opened children as one list. Invocations may call in a circle, by attaching
 * to one that waits for them; whoever is open above is not opened once more inside itself.
 */
export function flattenTree({ id, items, children, shows }: Shown): TreeRow[] {
	return branch(items, [id], '');

	function branch(
		of: readonly TimelineItem[],
		above: readonly string[],
		prefix: string
	): TreeRow[] {
		const owner = above.at(-1) ?? id;
		const depth = above.length - 1;
		return foldRepeats(of.filter((item) => shows(item) || children.has(prefix + item.id))).flatMap(
			(item): TreeRow[] => {
				const key = prefix + item.id;
				const called = calledBy(item);
				const open = called === null ? undefined : children.get(key);
				const circular = called !== null && above.includes(called);
				const child =
					called === null ? 'none' : circular ? 'above' : open === undefined ? 'closed' : 'open';
				const row: ItemRow = { is: 'item', key, depth, owner, item, child };
				if (called === null || circular || !open) return [row];
				const inside = branch(open.items, [...above, called], `${key}/`);
				const text =
					open.message ?? (inside.length > 0 ? null : 'Nothing in it that the filter shows');
				const at = { key: `${key}/note`, depth: depth + 1, owner: called };
				return [row, ...(text === null ? [] : [{ ...at, is: 'note', text } as const]), ...inside];
			}
		);
	}
}

/** The invocation whose timeline a row can show in place. */
export const calledBy = ({ kind, invocationId }: TimelineItem): string | null =>
	kind === 'call' || kind === 'send' || kind === 'action' ? invocationId : null;

/** What is shown of opened children, by the key of the row that each was opened from. */
export const openChildren = <Child>(
	children: Iterable<readonly [key: string, child: Child]>,
	shown: (child: Child) => OpenChild
): ReadonlyMap<string, OpenChild> =>
	new Map(Array.from(children, ([key, child]) => [key, shown(child)]));
