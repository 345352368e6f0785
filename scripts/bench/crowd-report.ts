import { formatTable } from '../table.ts';
import type { CrowdOutcome } from './crowd.ts';
import { describeMemory, MEMORY_HEADER } from './memory.ts';
import type { Memory } from './memory.ts';

/** Growth that garbage and caches explain, from the first to the last third of a run. */
const FLAT = 1.25;
/** Of the log table, as worker/log-tail/store.ts keeps it. */
const LOG_ROWS = 1_000_000;
const ERRORS_SHOWN = 5;

export const isFlat = ({ growth }: Memory): boolean => growth <= FLAT;

/** What a crowd did to the stack, as lines to print. */
export function describeCrowd(outcome: CrowdOutcome): string[] {
	const { sale, acts, streamedMB, errors, memory, logRows } = outcome;
	const rows = logRows.at(-1) ?? 0;
	return [
		`sale: ${sale.ok ? 'adds up' : 'DOES NOT ADD UP'}, ${sale.seatsPerSecond.toFixed(1)} seats/s`,
		`operators: ${acts} releases of seats accepted by the console`,
		`viewers: ${streamedMB.toFixed(1)} MB streamed`,
		`errors: ${errors.length}`,
		...errors.slice(0, ERRORS_SHOWN).map((error) => `  ${error}`),
		`log table: ${rows.toLocaleString('en')} rows of ${LOG_ROWS.toLocaleString('en')} kept at most`,
		'',
		...formatTable(MEMORY_HEADER, describeMemory(memory))
	];
}
