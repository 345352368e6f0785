import { INVOCATION_STATUSES, isInvocationId } from './invocation.ts';
import type { InvocationStatus } from './invocation.ts';

/**
 * Which invocations are meant. The one reading of it, shared by the list and its counts, so that
 * what is counted is what is listed; console/lib/server/invocation-sql.ts turns it into SQL.
 */
export interface InvocationFilter {
	/** Empty: any status. */
	statuses: InvocationStatus[];
	service: string | null;
	handler: string | null;
	/** Object keys that begin so, such as an event's. */
	keyPrefix: string | null;
	/** Text in the failure, whatever its case. */
	error: string | null;
}

/** The last row of a page; the next page holds what is older. */
export interface Cursor {
	createdAt: number;
	id: string;
}

export const NO_FILTER: InvocationFilter = {
	statuses: [],
	service: null,
	handler: null,
	keyPrefix: null,
	error: null
};

/** URL parameter of each text field. */
const TEXT_FIELDS = [
	['service', 'service'],
	['handler', 'handler'],
	['keyPrefix', 'key'],
	['error', 'error']
] as const;

const MAX_LENGTH = 200;

export type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

/** Reads a filter from a URL's parameters, or says which one it cannot read and why. */
export function parseFilter(params: URLSearchParams): Parsed<InvocationFilter> {
	const named = [...new Set(params.getAll('status').filter((status) => status !== ''))];
	const unknown = named.find((name) => !INVOCATION_STATUSES.some((status) => status === name));
	if (unknown !== undefined)
		return fail(`"${unknown}" is not a status; use one of ${INVOCATION_STATUSES.join(', ')}`);

	const filter: InvocationFilter = {
		...NO_FILTER,
		statuses: INVOCATION_STATUSES.filter((status) => named.includes(status))
	};
	for (const [field, param] of TEXT_FIELDS) {
		const value = params.get(param)?.trim() ?? '';
		if (value.length > MAX_LENGTH)
			return fail(`"${param}" is longer than ${MAX_LENGTH} characters`);
		if (/\p{Cc}/u.test(value)) return fail(`"${param}" holds a control character`);
		if (value !== '') filter[field] = value;
	}
	return { ok: true, value: filter };
}

/** The URL parameters of a filter; an empty one has none. */
export function printFilter(filter: InvocationFilter): URLSearchParams {
	const params = new URLSearchParams();
	for (const status of filter.statuses) params.append('status', status);
	for (const [field, param] of TEXT_FIELDS) {
		const value = filter[field];
		if (value !== null) params.set(param, value);
	}
	return params;
}

/** The filter with one status switched on or off. */
export const toggleStatus = (
	filter: InvocationFilter,
	status: InvocationStatus
): InvocationFilter => ({
	...filter,
	statuses: INVOCATION_STATUSES.filter((each) =>
		each === status ? !filter.statuses.includes(each) : filter.statuses.includes(each)
	)
});

export const isFiltered = (filter: InvocationFilter): boolean => printFilter(filter).size > 0;

/** Reads `before=<ms>.<invocation ID>`; null when there is none. */
export function parseCursor(params: URLSearchParams): Parsed<Cursor | null> {
	const text = params.get('before');
	if (text === null) return { ok: true, value: null };
	const [ms = '', id = ''] = text.split('.');
	if (!/^\d{1,15}$/.test(ms) || !isInvocationId(id))
		return fail('"before" is not a place in the list; begin again from the newest');
	return { ok: true, value: { createdAt: Number(ms), id } };
}

export const printCursor = ({ createdAt, id }: Cursor): string => `${createdAt}.${id}`;

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
