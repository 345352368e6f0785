/** The design tokens that the map and the charts draw with, as plain colours. */
export interface Palette {
	available: string;
	held: string;
	sold: string;
	overdue: string;
	expiring: string;
	surface: string;
	line: string;
	ink: string;
	ink3: string;
	accent: string;
}

const TOKENS: Record<keyof Palette, string> = {
	available: '--seat-available',
	held: '--seat-held',
	sold: '--seat-sold',
	overdue: '--seat-overdue',
	expiring: '--seat-expiring',
	surface: '--surface',
	line: '--line-strong',
	ink: '--ink',
	ink3: '--ink-3',
	accent: '--accent'
};

/** Reads the tokens as they are at `host`. A canvas cannot read `light-dark()`, a style can. */
export function readPalette(host: HTMLElement): Palette {
	const probe = host.appendChild(document.createElement('span'));
	probe.hidden = true;
	const style = getComputedStyle(probe);
	const palette = Object.fromEntries(
		Object.entries(TOKENS).map(([name, token]) => {
			probe.style.color = `var(${token})`;
			return [name, style.color];
		})
	) as Record<keyof Palette, string>;
	probe.remove();
	return palette;
}

/** Calls `changed` whenever the theme does, by a switch or by the system. @returns stops it */
export function watchTheme(changed: () => void): () => void {
	const system = matchMedia('(prefers-color-scheme: dark)');
	const observer = new MutationObserver(changed);
	observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-seats'] });
	system.addEventListener('change', changed);
	return () => {
		observer.disconnect();
		system.removeEventListener('change', changed);
	};
}
