import { createContext } from 'svelte';
import type { Zone } from './format.ts';

export type Theme = 'system' | 'light' | 'dark';

const YEAR_S = 365 * 24 * 3600;

/** Choices of one reader, kept in cookies so that the server renders them too. */
export class Preferences {
	#theme: Theme = $state('system');
	#zone: Zone = $state('utc');

	constructor(initial: { theme: Theme; zone: Zone }) {
		this.#theme = initial.theme;
		this.#zone = initial.zone;
	}

	get theme(): Theme {
		return this.#theme;
	}

	set theme(theme: Theme) {
		this.#theme = theme;
		remember('theme', theme);
		// app.html does the same from the cookie before the first paint.
		if (theme === 'system') delete document.documentElement.dataset['theme'];
		else document.documentElement.dataset['theme'] = theme;
	}

	get zone(): Zone {
		return this.#zone;
	}

	set zone(zone: Zone) {
		this.#zone = zone;
		remember('zone', zone);
	}
}

/** What the cookies say; anything else than a known value is the default. */
export function readPreferences(get: (cookie: string) => string | undefined): {
	theme: Theme;
	zone: Zone;
} {
	const theme = get('nexus-theme');
	return {
		theme: theme === 'light' || theme === 'dark' ? theme : 'system',
		zone: get('nexus-zone') === 'local' ? 'local' : 'utc'
	};
}

function remember(name: string, value: string): void {
	document.cookie = `nexus-${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

export const [getPreferences, setPreferences] = createContext<Preferences>();
