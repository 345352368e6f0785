/**
 * Lets arrow keys, Home and End walk over the links of rows, which are marked `data-row`: along a
 * row, and to the same place in the row before or behind. Tab goes from row to row.
 */
export function walkRows(container: HTMLElement): () => void {
	function onkeydown(event: KeyboardEvent) {
		const link = event.target instanceof Element ? event.target.closest('a') : null;
		const row = link?.closest('[data-row]');
		if (!link || !row || event.ctrlKey || event.metaKey || event.altKey) return;
		const rows = [...container.querySelectorAll('[data-row]')];
		const links = [...row.querySelectorAll('a')];
		const place = links.indexOf(link);
		const across = (step: number) => {
			const there = rows[rows.indexOf(row) + step]?.querySelectorAll('a');
			return there?.item(Math.min(place, there.length - 1));
		};
		const targets: Record<string, () => HTMLAnchorElement | null | undefined> = {
			ArrowLeft: () => links[place - 1],
			ArrowRight: () => links[place + 1],
			ArrowUp: () => across(-1),
			ArrowDown: () => across(1),
			Home: () => links[0],
			End: () => links.at(-1)
		};
		const target = targets[event.key];
		if (!target) return;
		event.preventDefault();
		target()?.focus();
	}

	container.addEventListener('keydown', onkeydown);
	return () => container.removeEventListener('keydown', onkeydown);
}
