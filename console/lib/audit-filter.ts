import { isChangeId } from '$shared/change.ts';
import { parseRange, printRange } from './time-range.ts';
import type { TimeRange } from './time-range.ts';

/**
 * Which records of the audit are meant. The one reading of it, shared by the page, its renewal and
 * the download; console/lib/server/audit-sql.ts turns it into SQL.
 */
export interface AuditFilter {
	/** Empty: whatever came of it. */
	outcomes: AuditOutcome[];
	/** Who did it, as a whole. */
	actor: string | null;
	/** `refundOrder`, … */
	action: string | null;
	/** What it was done to: a seat's key, an order, an invocation, a change; or an event and its seats. */
	target: string | null;
	/** In the reason or the ticket reference, whatever its case. */
	text: string | null;
	/** Null is any time. */
	range: TimeRange | null;
}

export const AUDIT_OUTCOMES = [
	'done',
	'refused',
	'proposed',
	'approved',
	'rejected',
	'void',
	'undone'
] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

export const NO_AUDIT_FILTER: AuditFilter = {
	outcomes: [],
	actor: null,
	action: null,
	target: null,
	text: null,
	range: null
};

/** The last record of a page; the next page holds what was written before it. */
export type AuditCursor = number;

const TEXT_FIELDS = ['actor', 'action', 'target', 'text'] as const;
const MAX_LENGTH = 200;

type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

/** Reads a filter from an address, or says which part it cannot read and why. */
export function parseAuditFilter(params: URLSearchParams): Parsed<AuditFilter> {
	const named = params.getAll('outcome').filter((outcome) => outcome !== '');
	const unknown = named.find((name) => !AUDIT_OUTCOMES.some((outcome) => outcome === name));
	if (unknown !== undefined)
		return fail(`"${unknown}" is not an outcome; use one of ${AUDIT_OUTCOMES.join(', ')}`);
	const range = parseOptionalRange(params);
	if (!range.ok) return range;
	const filter: AuditFilter = {
		...NO_AUDIT_FILTER,
		outcomes: AUDIT_OUTCOMES.filter((outcome) => named.includes(outcome)),
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

function parseOptionalRange(params: URLSearchParams): Parsed<TimeRange | null> {
	const given = ['range', 'from', 'to'].some((name) => (params.get(name) ?? '') !== '');
	return given ? parseRange(params, '24h') : { ok: true, value: null };
}

/** The address's parameters of a filter; an empty one has none. */
export function printAuditFilter(filter: AuditFilter): URLSearchParams {
	const params = new URLSearchParams();
	for (const outcome of filter.outcomes) params.append('outcome', outcome);
	for (const field of TEXT_FIELDS) {
		const value = filter[field];
		if (value !== null) params.set(field, value);
	}
	const { range } = filter;
	if (range?.kind === 'recent') params.set('range', range.span);
	else if (range)
		for (const [name, value] of Object.entries(printRange(range, '24h'))) params.set(name, value);
	return params;
}

export const isAuditFiltered = (filter: AuditFilter): boolean => printAuditFilter(filter).size > 0;

/** The filter with one outcome switched on or off. */
export const toggleOutcome = (filter: AuditFilter, outcome: AuditOutcome): AuditFilter => ({
	...filter,
	outcomes: AUDIT_OUTCOMES.filter((each) => filter.outcomes.includes(each) !== (each === outcome))
});

/** Reads `before=<seq>`; null when there is none. */
export function parseAuditCursor(params: URLSearchParams): Parsed<AuditCursor | null> {
	const text = params.get('before');
	if (text === null) return { ok: true, value: null };
	return /^[1-9]\d{0,14}$/.test(text)
		? { ok: true, value: Number(text) }
		: fail('"before" is not the number of a record; begin again from the newest');
}

/** What a target is, told from its form. */
export function kindOfTarget(
	target: string
): 'seat' | 'order' | 'invocation' | 'change' | 'deployment' | 'other' {
	if (target.startsWith('ord_')) return 'order';
	if (target.startsWith('inv_')) return 'invocation';
	if (target.startsWith('dp_')) return 'deployment';
	if (isChangeId(target)) return 'change';
	return /^[\w.-]+:[\w.-]+$/.test(target) ? 'seat' : 'other';
}

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
