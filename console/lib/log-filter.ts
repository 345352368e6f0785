import { isInvocationId } from './invocation.ts';
import { parseRange, printRange } from './time-range.ts';
import type { Recent, TimeRange } from './time-range.ts';
import type { LogKind, LogLevel } from '$shared/log-row.ts';

/**
 * Which log rows are meant. The one reading of it, shared by the page, its live tail, its counts
 * and the download; console/lib/server/log-sql.ts turns it into SQL.
 */
export interface LogFilter {
	levels: LogLevel[];
	/** Empty: any kind. */
	kinds: LogKind[];
	invocationId: string | null;
	service: string | null;
	handler: string | null;
	/** An object's key; one that ends in `*` means all keys that begin so. */
	key: string | null;
	/** In the message or the fields, whatever its case. */
	text: string | null;
	range: TimeRange;
}

/** The last row of a page; the next page holds what is older. */
export interface LogCursor {
	at: number;
	id: number;
}

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const satisfies LogLevel[];
export const LOG_KINDS = ['line', 'exception', 'outcome'] as const satisfies LogKind[];

const TEXT_FIELDS = ['service', 'handler', 'key', 'text'] as const;
const MAX_LENGTH = 200;

type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

/**
 * What is meant when nothing is said. An invocation's rows are few, so all of them are shown;
 * elsewhere attempts that ended well, which are debug, would drown the rest.
 */
const usualLevels = (invocationId: string | null): LogLevel[] =>
	invocationId === null ? ['error', 'warn', 'info'] : [...LOG_LEVELS];
const usualRange = (invocationId: string | null): Recent => (invocationId === null ? '1h' : '7d');

/** Reads a filter from a URL's parameters, or says which one it cannot read and why. */
export function parseLogFilter(params: URLSearchParams): Parsed<LogFilter> {
	const invocationId = params.get('invocation')?.trim() || null;
	if (invocationId !== null && !isInvocationId(invocationId))
		return fail(`"${invocationId}" is not an invocation ID: one looks like inv_1hhQ7UzvcB1W…`);
	const levels = parseChoices(params, 'level', LOG_LEVELS);
	if (!levels.ok) return levels;
	const kinds = parseChoices(params, 'kind', LOG_KINDS);
	if (!kinds.ok) return kinds;
	const range = parseRange(params, usualRange(invocationId));
	if (!range.ok) return range;
	const filter: LogFilter = {
		levels: levels.value.length > 0 ? levels.value : usualLevels(invocationId),
		kinds: kinds.value,
		invocationId,
		service: null,
		handler: null,
		key: null,
		text: null,
		range: range.value
	};
	for (const field of TEXT_FIELDS) {
		const value = params.get(field)?.trim() ?? '';
		if (value.length > MAX_LENGTH)
			return fail(`"${field}" is longer than ${MAX_LENGTH} characters`);
		if (/\p{Cc}/u.test(value)) return fail(`"${field}" holds a control character`);
		if (value !== '') filter[field] = value;
	}
	return { ok: true, value: filter };
}

function parseChoices<Value extends string>(
	params: URLSearchParams,
	name: string,
	known: readonly Value[]
): Parsed<Value[]> {
	const named = params.getAll(name).filter((value) => value !== '');
	const unknown = named.find((value) => !known.some((each) => each === value));
	if (unknown !== undefined)
		return fail(`"${unknown}" is not a ${name}; use one of ${known.join(', ')}`);
	return { ok: true, value: known.filter((value) => named.includes(value)) };
}

/** The URL parameters of a filter; what is usual is left out. */
export function printLogFilter(filter: LogFilter): URLSearchParams {
	const { levels, kinds, invocationId, range } = filter;
	const params = new URLSearchParams();
	const usual = usualLevels(invocationId);
	if (levels.join() !== usual.join()) for (const level of levels) params.append('level', level);
	for (const kind of kinds) params.append('kind', kind);
	if (invocationId !== null) params.set('invocation', invocationId);
	for (const field of TEXT_FIELDS) {
		const value = filter[field];
		if (value !== null) params.set(field, value);
	}
	for (const [name, value] of Object.entries(printRange(range, usualRange(invocationId))))
		params.set(name, value);
	return params;
}

/** The filter with one level switched on or off; without any it is the usual ones again. */
export function toggleLevel(filter: LogFilter, level: LogLevel): LogFilter {
	const levels = LOG_LEVELS.filter((each) => filter.levels.includes(each) !== (each === level));
	return { ...filter, levels: levels.length > 0 ? levels : usualLevels(filter.invocationId) };
}

export const isLogFiltered = (filter: LogFilter): boolean => printLogFilter(filter).size > 0;

/** Reads `before=<ms>.<row ID>`; null when there is none. */
export function parseLogCursor(params: URLSearchParams): Parsed<LogCursor | null> {
	const text = params.get('before');
	if (text === null) return { ok: true, value: null };
	const [, at, id] = /^(\d{1,15})\.(\d{1,15})$/.exec(text) ?? [];
	if (at === undefined || id === undefined)
		return fail('"before" is not a place in the logs; begin again from the newest');
	return { ok: true, value: { at: Number(at), id: Number(id) } };
}

export const printLogCursor = ({ at, id }: LogCursor): string => `${at}.${id}`;

/** Reads `after=<row ID>`: the newest row that a live tail has seen. */
export function parseSeen(params: URLSearchParams): Parsed<number> {
	const text = params.get('after') ?? '';
	return /^\d{1,15}$/.test(text)
		? { ok: true, value: Number(text) }
		: fail('"after" is not the number of a log row');
}

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
