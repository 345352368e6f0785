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

interface Node<State> {
	state: State;
	/** Which operation led here, from which node. */
	taken: number;
	parent: Node<State> | undefined;
	/** How many operations are placed of those that must be. */
	placed: number;
	/** When the latest of the placed ones was called. */
	latest: number;
	/** The first operation, in order of call, that is still missing. */
	first: number;
	/** Operations after `first` that are placed already. */
	ahead: ReadonlySet<number>;
}

/** Decides a history. Time is exponential at worst; histories with few overlaps are linear. */
export function checkLinearizable<State, Input>(
	model: Model<State, Input>,
	history: readonly Operation<Input>[]
): Verdict<State, Input> {
	const operations = [...history].sort((a, b) => a.from - b.from);
	const required = operations.filter(({ optional }) => !optional).length;
	const visited = new Set<string>();
	const root = { state: model.initial, taken: -1, parent: undefined, placed: 0, first: 0 };
	const stack: Node<State>[] = [{ ...root, latest: -Infinity, ahead: new Set() }];
	let furthest: Node<State>[] = [];
	let mostPlaced = -1;
	for (let node = stack.pop(); node; node = stack.pop()) {
		const { placed } = node;
		if (placed === required) return { linearizable: true, order: orderOf(operations, node) };
		if (placed > mostPlaced) [mostPlaced, furthest] = [placed, [node]];
		else if (placed === mostPlaced) furthest.push(node);
		for (const next of successors(model, operations, node)) {
			const key = `${next.first}|${[...next.ahead].sort((a, b) => a - b).join()}|${model.keyOf(next.state)}`;
			if (visited.has(key)) continue;
			visited.add(key);
			stack.push(next);
		}
	}
	const [best] = furthest;
	if (!best) return { linearizable: true, order: [] };
	return {
		linearizable: false,
		order: orderOf(operations, best),
		states: furthest.map(({ state }) => state),
		stuck: candidates(operations, best).map((index) => at(operations, index))
	};
}

function successors<State, Input>(
	model: Model<State, Input>,
	operations: readonly Operation<Input>[],
	node: Node<State>
): Node<State>[] {
	const next: Node<State>[] = [];
	const possible = candidates(operations, node);
	const firstEnd = Math.min(...possible.map((index) => at(operations, index).to ?? Infinity));
	for (const index of possible) {
		const { input, from } = at(operations, index);
		const states = model.step(node.state, input);
		const [only] = states;
		// Unless placing it makes it too late for another.
		if (only !== undefined && model.observes(input) && from <= firstEnd)
			return [place(operations, node, index, only)];
		for (const state of states) next.push(place(operations, node, index, state));
	}
	return next;
}

/**
 * The missing operations that were called before any that is missing and must be placed had ended,
 * and that had not ended themselves before a placed one was called.
 */
function candidates<State, Input>(
	operations: readonly Operation<Input>[],
	{ first, ahead, latest }: Node<State>
): number[] {
	let earliestEnd = Infinity;
	const found: number[] = [];
	for (let index = first; index < operations.length; index++) {
		if (ahead.has(index)) continue;
		const { from, to, optional } = at(operations, index);
		// Sorted by call: whoever comes later was called later still.
		if (from > earliestEnd) break;
		const end = to ?? Infinity;
		if (end >= latest) found.push(index);
		if (!optional) earliestEnd = Math.min(earliestEnd, end);
	}
	return found;
}

function place<State, Input>(
	operations: readonly Operation<Input>[],
	node: Node<State>,
	index: number,
	state: State
): Node<State> {
	const ahead = new Set(node.ahead);
	ahead.add(index);
	const { from, optional } = at(operations, index);
	const latest = Math.max(node.latest, from);
	let { first } = node;
	while (ahead.delete(first) || isTooLate(operations[first], latest)) first++;
	const placed = node.placed + (optional ? 0 : 1);
	return { state, taken: index, parent: node, placed, latest, first, ahead };
}

const isTooLate = (operation: Operation<unknown> | undefined, latest: number): boolean =>
	operation?.to !== undefined && operation.to !== null && operation.to < latest;

function orderOf<State, Input>(
	operations: readonly Operation<Input>[],
	node: Node<State>
): Operation<Input>[] {
	const order: Operation<Input>[] = [];
	for (let each: Node<State> | undefined = node; each && each.taken >= 0; each = each.parent)
		order.push(at(operations, each.taken));
	return order.reverse();
}

function at<T>(items: readonly T[], index: number): T {
	const item = items[index];
	if (item === undefined) throw new RangeError(`no operation ${index}`);
	return item;
}
