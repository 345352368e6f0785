import { createContext } from 'svelte';
import type { Zone } from './format.ts';

export type Theme = 'system' | 'light' | 'dark';
/** How seats are coloured: as designed, for any colour vision, or by lightness alone. */
export type SeatColors = 'standard' | 'safe' | 'mono';

interface Choices {
	theme: Theme;
	zone: Zone;
	seats: SeatColors;
}

const YEAR_S = 365 * 24 * 3600;

/** Choices of one reader, kept in cookies so that the server renders them too. */
export class Preferences {
	#theme: Theme = $state('system');
	#zone: Zone = $state('utc');
	#seats: SeatColors = $state('standard');

	constructor({ theme, zone, seats }: Choices) {
		this.#theme = theme;
		this.#zone = zone;
		this.#seats = seats;
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

	get seats(): SeatColors {
		return this.#seats;
	}

	set seats(seats: SeatColors) {
		this.#seats = seats;
		remember('seats', seats);
		if (seats === 'standard') delete document.documentElement.dataset['seats'];
		else document.documentElement.dataset['seats'] = seats;
	}
}

/** What the cookies say; anything else than a known value is the default. */
export function readPreferences(get: (cookie: string) => string | undefined): Choices {
	const theme = get('nexus-theme');
	const seats = get('nexus-seats');
	return {
		theme: theme === 'light' || theme === 'dark' ? theme : 'system',
		zone: get('nexus-zone') === 'local' ? 'local' : 'utc',
		seats: seats === 'safe' || seats === 'mono' ? seats : 'standard'
	};
}

function remember(name: string, value: string): void {
	document.cookie = `nexus-${name}=${value}; path=/; max-age=${YEAR_S}; samesite=lax`;
}

export const [getPreferences, setPreferences] = createContext<Preferences>();
