import type { Stack } from '../stack/stack.ts';
import type { Row } from './row.ts';

/** What every group of measurements is given. */
export interface Bench {
	stack: Stack;
	/** How often each measurement and its floor are taken, in turn. */
	rounds: number;
	/** Reservations in a round. */
	reserves: number;
	/** Checkouts in a round. */
	checkouts: number;
	/** Whether to measure the sizes that take long to make as well. */
	full: boolean;
	say: (text: string) => void;
}

/** Rows of the performance table that are measured together. */
export interface Group {
	name: string;
	title: string;
	run: (bench: Bench) => Promise<Row[]>;
}
