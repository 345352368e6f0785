/** A view of the invocation list that a reader keeps by name: the parameters of its address. */
export interface SavedView {
	name: string;
	query: string;
}

const KEY = 'nexus-invocation-views';
const MAX_VIEWS = 50;
const MAX_NAME = 60;

/** What was stored, whatever of it still is a view; anybody may have written there. */
export function parseViews(text: string | null): SavedView[] {
	let stored: unknown;
	try {
		stored = JSON.parse(text ?? '[]');
	} catch {
		return [];
	}
	return Array.isArray(stored) ? stored.filter(isView).slice(0, MAX_VIEWS) : [];
}

const isView = (value: unknown): value is SavedView =>
	typeof value === 'object' &&
	value !== null &&
	'name' in value &&
	'query' in value &&
	typeof value.name === 'string' &&
	typeof value.query === 'string';

/** The views with one more, or with another query under its name; the newest names are kept. */
export function withView(views: readonly SavedView[], { name, query }: SavedView): SavedView[] {
	const view = { name: name.trim().slice(0, MAX_NAME), query };
	if (view.name === '') return [...views];
	const others = views.filter((other) => other.name !== view.name);
	return [...others, view].slice(-MAX_VIEWS).sort((a, b) => a.name.localeCompare(b.name));
}

export const withoutView = (views: readonly SavedView[], name: string): SavedView[] =>
	views.filter((view) => view.name !== name);

export const loadViews = (): SavedView[] => parseViews(localStorage.getItem(KEY));

export const storeViews = (views: readonly SavedView[]): void =>
	localStorage.setItem(KEY, JSON.stringify(views));

/** Views everybody has, in the order they are offered. */
export const USUAL_VIEWS: readonly SavedView[] = [
	{ name: 'Under way', query: 'status=running&status=backing-off&status=suspended&status=pending' },
	{ name: 'Not getting on', query: 'status=backing-off&status=paused&sort=-retries' },
	{ name: 'Failed in the last hour', query: 'status=failed&completed=1h&sort=-modified' },
	{ name: 'Cancelled or killed', query: 'status=cancelled&status=killed&sort=-modified' },
	{ name: 'Checkouts', query: 'service=Checkout' },
	{ name: 'By operators', query: 'service=Operations' },
	{ name: 'Timers', query: 'status=scheduled' }
];
