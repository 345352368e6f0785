/**
 * Runs `task` now and then every `interval` ms, counted from the end of the run before, so that a
 * slow answer is never overtaken; an interval that is a function is asked after each run. At rest
 * while the tab is hidden; runs at once when it comes back. The task deals with its own errors.
 *
 * @returns stops it
 */
export function poll(
	task: () => Promise<void>,
	interval: number | (() => number),
	{ immediate = true }: { immediate?: boolean } = {}
): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let busy = false;
	let stopped = false;
	const pause = typeof interval === 'number' ? () => interval : interval;

	async function run() {
		if (busy) return;
		clearTimeout(timer);
		busy = true;
		try {
			await task();
		} finally {
			busy = false;
			schedule();
		}
	}

	function schedule() {
		clearTimeout(timer);
		if (!stopped && !document.hidden) timer = setTimeout(() => void run(), pause());
	}

	function onVisibility() {
		clearTimeout(timer);
		if (!document.hidden) void run();
	}

	document.addEventListener('visibilitychange', onVisibility);
	if (immediate) void run();
	else schedule();
	return () => {
		stopped = true;
		clearTimeout(timer);
		document.removeEventListener('visibilitychange', onVisibility);
	};
}
