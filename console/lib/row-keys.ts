/** Whether keys typed there are text: shortcuts of one letter must leave them alone. */
export const isTyping = (target: EventTarget | null): boolean =>
	target instanceof Element &&
	target.closest('input, textarea, select, [contenteditable]') !== null;

const STEPS: Partial<Record<string, number>> = { j: 1, k: -1 };

/**
 * For `{@attach}` around a list: j and k walk its rows, the anchors of class `row-link`, from
 * anywhere one does not type; Enter then opens one, as on any link.
 */
export function rowKeys(list: HTMLElement): () => void {
	function onKeydown(event: KeyboardEvent) {
		const step = STEPS[event.key];
		if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
		if (isTyping(event.target)) return;
		const links = [...list.querySelectorAll<HTMLAnchorElement>('a.row-link')];
		const next = links[nextIndex(links.findIndex(isFocused), step, links.length)];
		if (!next) return;
		event.preventDefault();
		next.focus();
	}
	window.addEventListener('keydown', onKeydown);
	return () => window.removeEventListener('keydown', onKeydown);
}

/** From no row the first step leads to an end of the list; past an end it stays there. */
export function nextIndex(current: number, step: number, length: number): number {
	if (current === -1) return step > 0 ? 0 : length - 1;
	return Math.min(Math.max(current + step, 0), length - 1);
}

const isFocused = (link: HTMLAnchorElement): boolean =>
	link.closest('tr')?.contains(document.activeElement) ?? link === document.activeElement;
