import type { WorkCount } from '../../worklist/worklist.ts';
import { poll } from '../../poll.ts';
import { urls } from '../../urls.ts';

/** The server shares one reading among all; this is how late the menu may be. */
const INTERVAL_MS = 15_000;

/** How much work there is, for the menu: null while it is not known. */
export class LiveWorkCount {
	#value: WorkCount | null = $state.raw(null);

	get value(): WorkCount | null {
		return this.#value;
	}

	/** For `onMount`: renews it until the returned function is called. */
	start = (): (() => void) => poll(() => this.#refresh(), INTERVAL_MS);

	async #refresh(): Promise<void> {
		try {
			const response = await fetch(urls.worklistCount());
			this.#value = response.ok ? ((await response.json()) as WorkCount) : null;
		} catch {
			// The dot below the menu says that the console is away.
			this.#value = null;
		}
	}
}
