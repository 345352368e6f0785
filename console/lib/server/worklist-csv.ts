import { csvLine } from '../csv.ts';
import type { Cell } from '../csv.ts';
import { KIND_INFO } from '../worklist/kinds.ts';
import { kindsOf } from '../worklist/work-filter.ts';
import type { MarkedItem } from '../worklist/worklist.ts';

const COLUMNS: readonly [name: string, read: (item: MarkedItem) => Cell][] = [
	['item', ({ id }) => id],
	['kinds', (item) => kindsOf(item).join(' ')],
	['what', ({ kind }) => KIND_INFO[kind].label],
	['why', ({ why }) => why],
	['since', ({ since }) => new Date(since).toISOString()],
	['events', ({ events }) => events.join(' ')],
	['orders', ({ orders }) => orders.join(' ')],
	['seats', ({ seats }) => seats.join(' ')],
	['invocations', ({ invocations }) => invocations.join(' ')],
	['buyers', ({ buyer }) => buyer.join(' ')],
	['affected', ({ affected }) => affected],
	['amount_minor', ({ money }) => money?.amount ?? null],
	['currency', ({ money }) => money?.currency ?? null],
	['proposed', ({ proposals }) => proposals[0]?.label ?? null],
	['state', ({ standing }) => standing.state],
	['assignee', ({ standing }) => standing.assignee],
	['snoozed_until', ({ standing: { until } }) => until && new Date(until).toISOString()],
	['caveat', ({ caveat }) => caveat]
];

/** Items as a table, in their order. */
export const workCsv = (items: readonly MarkedItem[]): string =>
	[
		csvLine(COLUMNS.map(([name]) => name)),
		...items.map((item) => csvLine(COLUMNS.map(([, read]) => read(item))))
	].join('');
