import type { HitKind } from './search.ts';

/** A page of one thing that this reader looked at; kept in the browser, by ID alone. */
export interface RecentItem {
	kind: HitKind;
	id: string;
}

const LENGTH = 8;
const KEY = 'nexus-recent';

const PAGES: readonly [path: RegExp, kind: HitKind][] = [
	[/^\/orders\/(ord_[^/]+)$/, 'order'],
	[/^\/seats\/([^/]+)$/, 'seat'],
	[/^\/invocations\/(inv_[^/]+)$/, 'invocation'],
	[/^\/events\/([^/]+)$/, 'event']
];

/** What the page at a path is about; null for one that is about no single thing. */
export function itemAt(path: string): RecentItem | null {
	for (const [pattern, kind] of PAGES) {
		const id = pattern.exec(path)?.[1];
		if (id !== undefined) return { kind, id: decodeURIComponent(id) };
	}
	return null;
}

/** The newest first, each once. */
export const withItem = (items: readonly RecentItem[], item: RecentItem): RecentItem[] =>
	[item, ...items.filter(({ kind, id }) => kind !== item.kind || id !== item.id)].slice(0, LENGTH);

/** What was kept; anything that cannot be read is nothing. */
export function parseRecent(stored: string | null): RecentItem[] {
	try {
		const items: unknown = JSON.parse(stored ?? '[]');
		return Array.isArray(items) ? items.filter(isItem).slice(0, LENGTH) : [];
	} catch {
		return [];
	}
}

const isItem = (value: unknown): value is RecentItem =>
	typeof value === 'object' &&
	value !== null &&
	'id' in value &&
	typeof value.id === 'string' &&
	'kind' in value &&
	PAGES.some(([, kind]) => kind === value.kind);

/** For the browser alone. */
export const readRecent = (): RecentItem[] => parseRecent(localStorage.getItem(KEY));

/** Notes that the page at a path was looked at. For the browser alone. */
export function rememberPage(path: string): void {
	const item = itemAt(path);
	if (item) localStorage.setItem(KEY, JSON.stringify(withItem(readRecent(), item)));
}
