import { checkLinearizable } from './check.ts';
import type { Model, Operation } from './check.ts';

/**
 * The least of a history that no object of the model could have: the shortest beginning that is
 * impossible already, without the observations that it is impossible without. Whoever looks for the
 * fault reads a few operations in place of thousands.
 *
 * Only what is safe to leave out is: a history that is possible stays so when its end is cut off, or
 * when somebody looked less often. Leaving out an operation that changes something could make a
 * possible history impossible, so those all stay.
 *
 * @param history one that is not linearizable
 */
export function minimise<State, Input>(
	model: Model<State, Input>,
	history: readonly Operation<Input>[]
): Operation<Input>[] {
	const isImpossible = (part: readonly Operation<Input>[]): boolean =>
		!checkLinearizable(model, part).linearizable;
	let least = shortestBeginning(history, isImpossible);
	for (const operation of least.filter(({ input }) => model.observes(input))) {
		const without = least.filter((other) => other !== operation);
		if (isImpossible(without)) least = without;
	}
	return least;
}

/** Beginnings only get less possible as they get longer, so halving finds the shortest. */
function shortestBeginning<Input>(
	history: readonly Operation<Input>[],
	isImpossible: (part: readonly Operation<Input>[]) => boolean
): Operation<Input>[] {
	const ends = history.flatMap(({ to }) => to ?? []).sort((a, b) => a - b);
	let low = 0;
	let high = ends.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (isImpossible(upTo(history, ends[middle] ?? Infinity))) high = middle;
		else low = middle + 1;
	}
	return upTo(history, ends[low] ?? Infinity);
}

/** What was known at a moment: what had not ended by then may have happened or not. */
const upTo = <Input>(history: readonly Operation<Input>[], end: number): Operation<Input>[] =>
	history
		.filter(({ from }) => from <= end)
		.map((operation) =>
			operation.to === null || operation.to <= end
				? operation
				: { ...operation, to: null, optional: true }
		);
