/** One line of the performance table. */
export interface Row {
	name: string;
	/** Medians over the rounds. */
	value: number;
	unit: string;
	/** What it is held against, measured in the same rounds. */
	floor?: { name: string; value: number };
	/** Of the value to its floor; medians of the rounds' own ratios. */
	ratio?: number;
	goal?: Goal;
}

/** A bound of the ratio, or of the value itself. */
export type Goal = { at: 'least' | 'most' } & ({ ratio: number } | { value: number });

/** Whether a row's goal is met; undefined when it has none. */
export function isMet({ value, ratio, goal }: Row): boolean | undefined {
	if (goal === undefined) return undefined;
	const [measured, bound] = 'ratio' in goal ? [ratio, goal.ratio] : [value, goal.value];
	if (measured === undefined) return undefined;
	return goal.at === 'least' ? measured >= bound : measured <= bound;
}

/** @throws when there is nothing to take the middle of */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [below, above] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
	if (below === undefined || above === undefined) throw new RangeError('no values');
	return (below + above) / 2;
}

/** A row of a measurement and its floor, from the pairs that each round measured in turn. */
export function compared(
	name: string,
	unit: string,
	floor: string,
	rounds: readonly { value: number; floor: number }[],
	goal?: Goal
): Row {
	return {
		name,
		unit,
		value: median(rounds.map((round) => round.value)),
		floor: { name: floor, value: median(rounds.map((round) => round.floor)) },
		ratio: median(rounds.map((round) => round.value / round.floor)),
		...(goal ? { goal } : {})
	};
}
