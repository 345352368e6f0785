/**
 * Runs `task` now and then every `intervalMs`, counted from the end of the run before, so that a
 * slow answer is never overtaken. At rest while the tab is hidden; runs at once when it comes
 * back. The task deals with its own errors.
 *
 * @returns stops it
 */
export function poll(
	task: () => Promise<void>,
	intervalMs: number,
	{ immediate = true }: { immediate?: boolean } = {}
): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let busy = false;
	let stopped = false;

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
		if (!stopped && !document.hidden) timer = setTimeout(() => void run(), intervalMs);
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
