import { INVOCATION_STATUSES, isInvocationId } from './invocation.ts';
import type { InvocationStatus } from './invocation.ts';
import { parseRange, printRange } from './time-range.ts';
import type { TimeRange } from './time-range.ts';
import { isOrderId } from '$shared/order.ts';

/**
 * Which invocations are meant. The one reading of it, shared by the list, its counts, the download
 * and whatever acts on many at once, so that what is counted is what is listed;
 * console/lib/server/invocation-sql.ts turns it into SQL.
 */
export interface InvocationFilter {
	/** Empty: any status. */
	statuses: InvocationStatus[];
	service: string | null;
	handler: string | null;
	/** An object's key; one that ends in `*` means all keys that begin so. */
	key: string | null;
	/** A seat's key: its own calls, and the checkouts it was part of. */
	seat: string | null;
	/** A user's session and checkouts, and what those called. */
	user: string | null;
	/** An order's checkout, what it called, and its payment. */
	order: string | null;
	/** The deployment that it runs on, or ran on. */
	deployment: string | null;
	/** `ingress`, a service, a handler as `Service/handler`, or an invocation's ID. */
	caller: string | null;
	idempotencyKey: string | null;
	/** At least so many attempts failed since its last progress. */
	retries: number | null;
	/** Text in the failure, whatever its case. */
	error: string | null;
	created: TimeRange | null;
	modified: TimeRange | null;
	completed: TimeRange | null;
}

export const NO_FILTER: InvocationFilter = {
	statuses: [],
	service: null,
	handler: null,
	key: null,
	seat: null,
	user: null,
	order: null,
	deployment: null,
	caller: null,
	idempotencyKey: null,
	retries: null,
	error: null,
	created: null,
	modified: null,
	completed: null
};

/** URL parameter of each text field. */
export const TEXT_FIELDS = {
	service: 'service',
	handler: 'handler',
	key: 'key',
	seat: 'seat',
	user: 'user',
	order: 'order',
	deployment: 'deployment',
	caller: 'caller',
	idempotencyKey: 'idempotency',
	error: 'error'
} as const;
export const TEXT_FIELD_NAMES = Object.keys(TEXT_FIELDS) as (keyof typeof TEXT_FIELDS)[];

/** Times of an invocation that a range may be asked of; each is its own URL parameter. */
export const TIME_FIELDS = ['created', 'modified', 'completed'] as const;
export type TimeField = (typeof TIME_FIELDS)[number];

const MAX_LENGTH = 200;
const MAX_RETRIES = 1_000_000;

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
	for (const field of TEXT_FIELD_NAMES) {
		const param = TEXT_FIELDS[field];
		const value = params.get(param)?.trim() ?? '';
		if (value.length > MAX_LENGTH)
			return fail(`"${param}" is longer than ${MAX_LENGTH} characters`);
		if (/\p{Cc}/u.test(value)) return fail(`"${param}" holds a control character`);
		if (value !== '') filter[field] = value;
	}
	if (filter.order !== null && !isOrderId(filter.order))
		return fail(`"${filter.order}" is not an order ID: one looks like ord_1hhQ7UzvcB1W…`);
	if (filter.caller?.startsWith('inv_') && !isInvocationId(filter.caller))
		return fail(`"${filter.caller}" is not an invocation ID: one looks like inv_1hhQ7UzvcB1W…`);

	const retries = parseRetries(params);
	if (!retries.ok) return retries;
	filter.retries = retries.value;
	for (const field of TIME_FIELDS) {
		const range = parseTimes(params, field);
		if (!range.ok) return range;
		filter[field] = range.value;
	}
	return { ok: true, value: filter };
}

function parseRetries(params: URLSearchParams): Parsed<number | null> {
	const text = params.get('retries')?.trim() ?? '';
	if (text === '') return { ok: true, value: null };
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= 1 && value <= MAX_RETRIES) return { ok: true, value };
	return fail(`"retries" is the least number of failed attempts, such as 3, not "${text}"`);
}

/** Reads `1h`, or `<from>..<to>` with either end left open. */
function parseTimes(params: URLSearchParams, field: TimeField): Parsed<TimeRange | null> {
	const text = params.get(field)?.trim() ?? '';
	if (text === '' || text === '..') return { ok: true, value: null };
	const [from = '', to] = text.split('..');
	const parts = to === undefined ? { range: text } : { from, to };
	const range = parseRange(new URLSearchParams(parts), '1h');
	return range.ok ? range : fail(`"${field}": ${range.message}`);
}

/** What a URL says of a range of times; the reading of it is {@link parseFilter}. */
function printTimes(range: TimeRange): string {
	if (range.kind === 'recent') return range.span;
	const { from = '', to = '' } = printRange(range, '1h');
	return `${from && `${from}Z`}..${to && `${to}Z`}`;
}

/** The URL parameters of a filter; an empty one has none. */
export function printFilter(filter: InvocationFilter): URLSearchParams {
	const params = new URLSearchParams();
	for (const status of filter.statuses) params.append('status', status);
	for (const field of TEXT_FIELD_NAMES) {
		const value = filter[field];
		if (value !== null) params.set(TEXT_FIELDS[field], value);
	}
	if (filter.retries !== null) params.set('retries', String(filter.retries));
	for (const field of TIME_FIELDS) {
		const range = filter[field];
		if (range !== null) params.set(field, printTimes(range));
	}
	return params;
}

/** What a form of the parameters says: read as an address that has them. */
export function parseForm(form: FormData): Parsed<InvocationFilter> {
	const params = new URLSearchParams();
	for (const [name, value] of form) if (typeof value === 'string') params.append(name, value);
	return parseFilter(params);
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

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
