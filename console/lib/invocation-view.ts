import { isInvocationId } from './invocation.ts';
import { parseFilter, printFilter } from './invocation-filter.ts';
import type { InvocationFilter, Parsed } from './invocation-filter.ts';

/**
 * All that the address of the list says: which invocations, in which order, from where on, and
 * which columns.
 */
export interface InvocationView {
	filter: InvocationFilter;
	sort: Sort;
	position: Position | null;
	columns: ColumnName[];
}

/** Those that are under way have no completion and no duration: they come last, either way round. */
export const SORT_FIELDS = ['created', 'modified', 'completed', 'duration', 'retries'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

/** Of those, the ones that are times, so that one can go to a moment. */
export const isTimeSort = (by: SortField): boolean => by !== 'duration' && by !== 'retries';

export interface Sort {
	by: SortField;
	descending: boolean;
}

export const NEWEST_FIRST: Sort = { by: 'created', descending: true };

/**
 * A place in the list: the page holds what comes after it, or right before it. It is named by a
 * row's sort value and ID, not by a number of rows, so any page costs what the first one costs and
 * rows that come or go meanwhile move nothing. Without an ID the place is the value itself, and
 * rows that have it belong to the page.
 */
export interface Position {
	side: 'after' | 'before';
	value: number;
	id: string | null;
}

export const COLUMNS = [
	'status',
	'target',
	'id',
	'created',
	'modified',
	'completed',
	'duration',
	'failure',
	'retries',
	'nextRetry',
	'caller',
	'deployment',
	'idempotency',
	'journal'
] as const;
export type ColumnName = (typeof COLUMNS)[number];

export const USUAL_COLUMNS: readonly ColumnName[] = [
	'status',
	'target',
	'id',
	'created',
	'duration',
	'failure'
];

/** Reads a view from a URL's parameters, or says which one it cannot read and why. */
export function parseView(params: URLSearchParams): Parsed<InvocationView> {
	const filter = parseFilter(params);
	if (!filter.ok) return filter;
	const sort = parseSort(params);
	if (!sort.ok) return sort;
	const position = parsePosition(params);
	if (!position.ok) return position;
	const columns = parseColumns(params);
	if (!columns.ok) return columns;
	return {
		ok: true,
		value: {
			filter: filter.value,
			sort: sort.value,
			position: position.value,
			columns: columns.value
		}
	};
}

/** The URL parameters of a view; what is usual is left out. */
export function printView({ filter, sort, position, columns }: InvocationView): URLSearchParams {
	const params = printFilter(filter);
	if (sort.by !== NEWEST_FIRST.by || !sort.descending) params.set('sort', printSort(sort));
	if (columns.join() !== USUAL_COLUMNS.join()) params.set('columns', columns.join(','));
	if (position) params.set(position.side, printPlace(position));
	return params;
}

/** Reads `created`, or `-created` for the latest first. */
function parseSort(params: URLSearchParams): Parsed<Sort> {
	const text = params.get('sort') ?? '';
	if (text === '') return { ok: true, value: NEWEST_FIRST };
	const by = SORT_FIELDS.find((field) => field === text.replace(/^-/, ''));
	if (!by)
		return fail(
			`"${text}" is not an order; use one of ${SORT_FIELDS.join(', ')}, with a leading - to reverse it`
		);
	return { ok: true, value: { by, descending: text.startsWith('-') } };
}

const printSort = ({ by, descending }: Sort): string => `${descending ? '-' : ''}${by}`;

/** Reads `after=<value>.<invocation ID>`, or `before`; the ID may be left out. */
function parsePosition(params: URLSearchParams): Parsed<Position | null> {
	for (const side of ['after', 'before'] as const) {
		const text = params.get(side);
		if (text === null) continue;
		const [value = '', id = null] = text.split('.');
		if (!/^\d{1,15}$/.test(value) || (id !== null && !isInvocationId(id)))
			return fail(`"${side}" is not a place in the list; begin again from its start`);
		return { ok: true, value: { side, value: Number(value), id } };
	}
	return { ok: true, value: null };
}

const printPlace = ({ value, id }: Position): string =>
	id === null ? `${value}` : `${value}.${id}`;

function parseColumns(params: URLSearchParams): Parsed<ColumnName[]> {
	const text = params.getAll('columns').join(',');
	if (text === '') return { ok: true, value: [...USUAL_COLUMNS] };
	const names = text.split(',').filter((name) => name !== '');
	const unknown = names.find((name) => !COLUMNS.some((column) => column === name));
	if (unknown !== undefined)
		return fail(`"${unknown}" is not a column; choose from ${COLUMNS.join(', ')}`);
	// The status and the target carry the row; the others come in their usual order.
	return {
		ok: true,
		value: COLUMNS.filter(
			(column) => column === 'status' || column === 'target' || names.includes(column)
		)
	};
}

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
