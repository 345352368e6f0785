import type { OccupancyReplay, SeatThen } from '../../shared/occupancy.ts';

/** A whole picture of the past. */
export interface Frame {
	version: number;
	revision: number;
	at: number;
	codes: string;
}

interface Past {
	frame: Frame;
	/** What changed after the frame, in the order in which it was found. */
	changes: readonly SeatThen[];
	from: number;
	to: number;
	oldest: number;
}

/**
 * The picture at `from` and what happened until `to`. Changes count at the time of the transition,
 * not of the reading that found it, so one that was found late is still told in its place.
 */
export function replayOf({ frame, changes, from, to, oldest }: Past): OccupancyReplay {
	const inOrder = changes.toSorted((one, other) => one[0] - other[0]);
	const codes = frame.codes.split('');
	for (const [at, index, code] of inOrder) if (at <= from) codes[index] = String(code);
	return {
		...{ revision: frame.revision, from, to, oldest },
		codes: codes.join(''),
		changes: inOrder.filter(([at]) => at > from && at <= to)
	};
}
