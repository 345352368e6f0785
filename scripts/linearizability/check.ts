import { seededRandom } from '../random.ts';

/**
 * Linearizability of a history of overlapping operations on one object: is there an order of them,
 * each at one instant between its call and its answer, that the object's sequential model allows?
 *
 * The search is Wing and Gong's with Lowe's memory of configurations already visited: a depth-first
 * walk that, at each step, tries every operation that may come next. An operation may come next
 * when none of those that are still missing had ended before it was called.
 */

export interface Operation<Input> {
	input: Input;
	/** When it was called. */
	from: number;
	/** By when it had happened, if at all; null when that is not known, as after a lost answer. */
	to: number | null;
	/** Whether it may as well not have happened. */
	optional?: boolean;
}

/** What the object does, one operation at a time. */
export interface Model<State, Input> {
	initial: State;
	/** The states that may follow; none when the operation could not have gone that way here. */
	step: (state: State, input: Input) => readonly State[];
	/** Equal for equal states, and for those only. */
	keyOf: (state: State) => string;
	/**
	 * Whether an operation can only ever leave the state as it is. It is then put in its place as
	 * soon as it fits, which loses no solution and keeps a crowd of refused calls cheap.
	 */
	observes: (input: Input) => boolean;
}

export type Verdict<State, Input> =
	| { linearizable: true; order: Operation<Input>[] }
	| {
			linearizable: false;
			/** The longest order found before nothing fitted any more, and the states it can end in. */
			order: Operation<Input>[];
			states: State[];
			/** Those that would have had to come next. */
			stuck: Operation<Input>[];
	  };

/** How the search stands after placing an operation, and what may be placed next. */
interface Frame<State> {
	state: State;
	/** The operation that led here; none for the first frame. */
	taken: number | undefined;
	/** When the latest of the placed ones was called. */
	latest: number;
	/** The first operation, in order of call, that is neither placed nor too late to be. */
	first: number;
	/** What is still to be tried from here: an operation, and the state it leads to. */
	next: [index: number, state: State][];
}

/** Decides a history. Time is exponential at worst; histories with few overlaps are linear. */
export function checkLinearizable<State, Input>(
	model: Model<State, Input>,
	history: readonly Operation<Input>[]
): Verdict<State, Input> {
	const operations = [...history].sort((a, b) => a.from - b.from);
	const required = operations.filter(({ optional }) => !optional).length;
	const search = new Search(model, operations);
	let best: { order: Operation<Input>[]; states: State[]; stuck: Operation<Input>[] } | undefined;
	let most = -1;
	do {
		const { placed } = search;
		if (placed === required) return { linearizable: true, order: search.order() };
		if (placed > most) {
			most = placed;
			best = { order: search.order(), states: [search.state], stuck: search.stuck() };
		} else if (placed === most) best?.states.push(search.state);
	} while (search.advance());
	return { linearizable: false, order: [], states: [], stuck: [], ...best };
}

/** A depth-first walk, one configuration at a time; what is placed is undone on the way back. */
class Search<State, Input> {
	/** How many operations are placed of those that must be. */
	placed = 0;
	readonly #model: Model<State, Input>;
	readonly #operations: readonly Operation<Input>[];
	readonly #isPlaced: Uint8Array;
	readonly #frames: Frame<State>[];
	/** Configurations seen: which operations are placed, as a hash, and the state. */
	readonly #visited = new Set<string>();
	readonly #marks: readonly [number, number][];
	#hash: [number, number] = [0, 0];

	constructor(model: Model<State, Input>, operations: readonly Operation<Input>[]) {
		this.#model = model;
		this.#operations = operations;
		this.#isPlaced = new Uint8Array(operations.length);
		const random = seededRandom(operations.length);
		const word = () => Math.floor(random() * 2 ** 32);
		this.#marks = operations.map(() => [word(), word()]);
		this.#frames = [];
		this.#push(model.initial, undefined, -Infinity, 0);
	}

	get state(): State {
		return this.#top().state;
	}

	/** The operations placed, in order. */
	order(): Operation<Input>[] {
		return this.#frames.flatMap(({ taken }) =>
			taken === undefined ? [] : [at(this.#operations, taken)]
		);
	}

	/** The operations that would have to come next. */
	stuck(): Operation<Input>[] {
		return this.#candidates(this.#top()).map((index) => at(this.#operations, index));
	}

	/** Goes to the next configuration. @returns false when there is none left */
	advance(): boolean {
		for (;;) {
			const frame = this.#frames.at(-1);
			if (!frame) return false;
			const step = frame.next.pop();
			if (!step) {
				this.#frames.pop();
				if (frame.taken !== undefined) this.#toggle(frame.taken);
				continue;
			}
			const [index, state] = step;
			this.#toggle(index);
			const key = `${this.#hash.join()}|${this.#model.keyOf(state)}`;
			if (this.#visited.has(key)) {
				this.#toggle(index);
				continue;
			}
			// Two sets of operations of one hash would hide a configuration: a false alarm, once in 2^64.
			this.#visited.add(key);
			const { from } = at(this.#operations, index);
			this.#push(state, index, Math.max(frame.latest, from), frame.first);
			return true;
		}
	}

	#top(): Frame<State> {
		return at(this.#frames, this.#frames.length - 1);
	}

	#push(state: State, taken: number | undefined, latest: number, from: number): void {
		let first = from;
		while (this.#isPlaced[first] === 1 || isTooLate(this.#operations[first], latest)) first++;
		const frame: Frame<State> = { state, taken, latest, first, next: [] };
		frame.next = this.#steps(frame);
		this.#frames.push(frame);
	}

	/** Places an operation, or takes it back. */
	#toggle(index: number): void {
		const isPlaced = this.#isPlaced[index] === 1;
		this.#isPlaced[index] = isPlaced ? 0 : 1;
		if (!at(this.#operations, index).optional) this.placed += isPlaced ? -1 : 1;
		const [high, low] = at(this.#marks, index);
		this.#hash = [this.#hash[0] ^ high, this.#hash[1] ^ low];
	}

	#steps(frame: Frame<State>): Frame<State>['next'] {
		const possible = this.#candidates(frame);
		const ends = possible.map((index) => at(this.#operations, index).to ?? Infinity);
		const firstEnd = ends.reduce((least, end) => Math.min(least, end), Infinity);
		const before = this.#model.keyOf(frame.state);
		const steps: Frame<State>['next'] = [];
		for (const index of possible) {
			const { input, from, optional } = at(this.#operations, index);
			const states = this.#model.step(frame.state, input);
			const [only] = states;
			// Unless placing it makes it too late for another.
			if (!optional && only !== undefined && this.#model.observes(input) && from <= firstEnd)
				return [[index, only]];
			for (const state of states) {
				// What need not have happened and would change nothing is as good as not placed.
				if (optional && this.#model.keyOf(state) === before) continue;
				steps.push([index, state]);
			}
		}
		return steps.sort(([a], [b]) => this.#promise(a) - this.#promise(b));
	}

	/**
	 * What is most promising is tried first, which is the last of the steps: what must be placed, the
	 * earliest first, and only then what may not have happened, the latest first. Most of it did not
	 * happen, and a lost call stays possible for ever: tried early, a handful of them makes the walk
	 * go through all of their combinations before it comes to what surely happened.
	 */
	#promise(index: number): number {
		return at(this.#operations, index).optional
			? index - this.#operations.length
			: -index + this.#operations.length;
	}

	/**
	 * The missing operations that were called before any that is missing and must be placed had
	 * ended, and that had not ended themselves before a placed one was called.
	 */
	#candidates({ first, latest }: Frame<State>): number[] {
		let earliestEnd = Infinity;
		const found: number[] = [];
		for (let index = first; index < this.#operations.length; index++) {
			if (this.#isPlaced[index] === 1) continue;
			const { from, to, optional } = at(this.#operations, index);
			// Sorted by call: whoever comes later was called later still.
			if (from > earliestEnd) break;
			const end = to ?? Infinity;
			if (end >= latest) found.push(index);
			if (!optional) earliestEnd = Math.min(earliestEnd, end);
		}
		return found;
	}
}

const isTooLate = (operation: Operation<unknown> | undefined, latest: number): boolean =>
	operation?.to !== undefined && operation.to !== null && operation.to < latest;

function at<T>(items: readonly T[], index: number): T {
	const item = items[index];
	if (item === undefined) throw new RangeError(`nothing at ${index}`);
	return item;
}
