import type { Venue } from '../../shared/venue.ts';

/**
 * The seats as buyers see them: which are free, and which stand side by side. Like any seat map
 * it may be behind; only the service decides.
 */
export class SeatMap {
	/** Seat IDs in plan order, and the row that each is in. */
	readonly #ids: string[];
	readonly #rows: number[];
	readonly #index: Map<string, number>;
	readonly #taken: Uint8Array;
	#free: number;

	constructor({ seats }: Pick<Venue, 'seats'>, taken: Iterable<string> = []) {
		this.#ids = seats.map(([id]) => id);
		this.#index = new Map(this.#ids.map((id, index) => [id, index]));
		let row = 0;
		this.#rows = seats.map(([, section, label], index) => {
			const before = seats[index - 1];
			if (before && (before[1] !== section || before[2] !== label)) row++;
			return row;
		});
		this.#taken = new Uint8Array(seats.length);
		this.#free = seats.length;
		for (const id of taken) this.take(id);
	}

	get free(): number {
		return this.#free;
	}

	take(id: string): void {
		this.#set(id, 1);
	}

	release(id: string): void {
		this.#set(id, 0);
	}

	/**
	 * The first free seats from a place on, given as a fraction of the house: `party` side by side,
	 * else as many single ones as there are. With `blind` the first is chosen free or not, as by
	 * everybody who clicked it in the same moment.
	 */
	pick(party: number, place: number, blind = false): string[] {
		const start = Math.floor(place * this.#ids.length);
		const together = this.#together(party, start, blind);
		if (together) return together;
		const singles: string[] = [];
		for (const [id, index] of this.#from(start)) {
			if (singles.length === party) break;
			if (!this.#taken[index]) singles.push(id);
		}
		return singles;
	}

	#together(party: number, start: number, blind: boolean): string[] | undefined {
		let run: string[] = [];
		let last = -2;
		for (const [id, index] of this.#from(start)) {
			if (this.#taken[index] && !blind) run = [];
			else {
				const beside = index === last + 1 && this.#rows[index] === this.#rows[last];
				run = beside ? [...run, id] : [id];
			}
			if (run.length === party) return run;
			last = index;
		}
		return undefined;
	}

	/** Every seat once, from an index on and round to it. */
	*#from(start: number): Generator<[string, number]> {
		const size = this.#ids.length;
		for (let step = 0; step < size; step++) {
			const index = (start + step) % size;
			const id = this.#ids[index];
			if (id !== undefined) yield [id, index];
		}
	}

	#set(id: string, taken: 0 | 1): void {
		const index = this.#index.get(id);
		if (index === undefined || this.#taken[index] === taken) return;
		this.#taken[index] = taken;
		this.#free += taken ? -1 : 1;
	}
}
