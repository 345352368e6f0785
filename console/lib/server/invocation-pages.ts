import type { InvocationStatus, ListedInvocation } from '../invocation.ts';
import { NEWEST_FIRST } from '../invocation-view.ts';
import type { Position, Sort } from '../invocation-view.ts';
import { countByStatus, listIds, readListed } from './invocation-list-sql.ts';
import type { Selection } from './invocation-selection.ts';
import { inOrder, readInvocation } from './invocations.ts';
import type { InvocationRow } from './invocations.ts';
import type { Admin } from './restate-admin.ts';

export const PAGE_SIZE = 50;

/** Both read all invocations there are; the count also tells the status of each. */
const LIST_TIMEOUT_MS = 10_000;
const COUNT_TIMEOUT_MS = 20_000;

export interface InvocationPage {
	rows: ListedInvocation[];
	/** Where the neighbouring pages begin; null where there is none. */
	next: Position | null;
	previous: Position | null;
	/** Rows that ended and were purged between being found and being read. */
	gone: number;
}

export interface PageOptions {
	sort?: Sort;
	position?: Position | null;
	limit?: number;
}

/** A page of a selection's invocations. @throws UpstreamError */
export async function listInvocations(
	admin: Admin,
	selection: Selection,
	{ sort = NEWEST_FIRST, position = null, limit = PAGE_SIZE }: PageOptions = {}
): Promise<InvocationPage> {
	const timeout = { timeoutMs: LIST_TIMEOUT_MS };
	// One more than a page tells whether there is another.
	const query = listIds(selection, { sort, position, limit: limit + 1 });
	const found = await admin.query<FoundRow>(query, timeout);
	const page = found.slice(0, limit);
	const backwards = position?.side === 'before';
	if (backwards) page.reverse();
	const rows = await hydrate(admin, page);
	const [first, last] = [page[0], page.at(-1)];
	const more = found.length > limit;
	return {
		rows,
		next: last && (backwards || more) ? placeOf('after', last) : null,
		previous: first && position && (!backwards || more) ? placeOf('before', first) : null,
		gone: page.length - rows.length
	};
}

interface FoundRow {
	id: string;
	/** What the list is sorted by: a time, or a number. */
	place: string | number;
}

const placeOf = (side: Position['side'], { id, place }: FoundRow): Position => ({
	side,
	value: typeof place === 'number' ? place : Date.parse(place),
	id
});

async function hydrate(admin: Admin, page: readonly FoundRow[]): Promise<ListedInvocation[]> {
	if (page.length === 0) return [];
	const ids = page.map(({ id }) => id);
	const rows = await admin.query<ListedRow>(readListed(ids), { timeoutMs: LIST_TIMEOUT_MS });
	return inOrder(ids, rows.map(readListedRow));
}

export type StatusCounts = Partial<Record<InvocationStatus, number>>;

/** How many invocations are in each status, of those that match the rest of the filter. */
export async function countInvocations(admin: Admin, selection: Selection): Promise<StatusCounts> {
	const counts = await admin.query<{ status: InvocationStatus; n: number }>(
		countByStatus(selection),
		{ timeoutMs: COUNT_TIMEOUT_MS }
	);
	return Object.fromEntries(counts.map(({ status, n }) => [status, n]));
}

interface ListedRow extends InvocationRow {
	invoked_by: string;
	invoked_by_id?: string;
	invoked_by_target?: string;
	pinned_deployment_id?: string;
	idempotency_key?: string;
	journal_size?: number;
}

const readListedRow = (row: ListedRow): ListedInvocation => ({
	...readInvocation(row),
	caller: {
		by: row.invoked_by,
		id: row.invoked_by_id ?? null,
		target: row.invoked_by_target ?? null
	},
	deployment: row.pinned_deployment_id ?? null,
	idempotencyKey: row.idempotency_key ?? null,
	journalSize: row.journal_size ?? null
});
