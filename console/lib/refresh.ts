/** What {@link refreshWhileVisible} needs of a document; a test has its own. */
export interface Visibility {
	readonly hidden: boolean;
	addEventListener: (type: 'visibilitychange', listener: () => void) => void;
	removeEventListener: (type: 'visibilitychange', listener: () => void) => void;
}

/** How long to wait after an answer that took `costMs`: it never keeps its source busy. */
export const pauseAfter = (costMs: number, leastMs: number): number =>
	Math.max(leastMs, 10 * costMs);

/**
 * Refreshes again and again, each time a while after the last one ended, as long as the page is
 * seen; one that comes back into view is refreshed at once. `delay` is asked anew each time, and
 * null ends it.
 *
 * @returns stops it
 */
export function refreshWhileVisible(
	refresh: () => Promise<unknown>,
	delay: () => number | null,
	visibility: Visibility = document
): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let busy = false;
	let stopped = false;

	const schedule = () => {
		clearTimeout(timer);
		const ms = delay();
		if (!stopped && ms !== null && !visibility.hidden) timer = setTimeout(() => void run(), ms);
	};
	const run = async () => {
		if (busy || stopped) return;
		busy = true;
		try {
			await refresh();
		} finally {
			busy = false;
			schedule();
		}
	};
	const onVisibility = () => {
		clearTimeout(timer);
		if (!visibility.hidden && delay() !== null) void run();
	};

	visibility.addEventListener('visibilitychange', onVisibility);
	schedule();
	return () => {
		stopped = true;
		clearTimeout(timer);
		visibility.removeEventListener('visibilitychange', onVisibility);
	};
}
