/** A stretch of time as a URL says it: the last hour, or from one moment to another. */

export const RECENT = ['15m', '1h', '6h', '24h', '7d'] as const;
export type Recent = (typeof RECENT)[number];

export type TimeRange =
	| { kind: 'recent'; span: Recent }
	/** Ms since the epoch; an open end is null. */
	| { kind: 'between'; from: number | null; to: number | null };

export type ParsedRange = { ok: true; value: TimeRange } | { ok: false; message: string };

const MINUTE = 60_000;
const SPAN_MS: Record<Recent, number> = {
	'15m': 15 * MINUTE,
	'1h': 60 * MINUTE,
	'6h': 6 * 60 * MINUTE,
	'24h': 24 * 60 * MINUTE,
	'7d': 7 * 24 * 60 * MINUTE
};

export const RECENT_LABELS: Record<Recent, string> = {
	'15m': 'Last 15 minutes',
	'1h': 'Last hour',
	'6h': 'Last 6 hours',
	'24h': 'Last 24 hours',
	'7d': 'Last 7 days'
};

/** Reads `range`, or `from` and `to`; what a range leaves open falls back to `usual`. */
export function parseRange(params: URLSearchParams, usual: Recent): ParsedRange {
	const from = parseMoment(params, 'from');
	const to = parseMoment(params, 'to');
	if (!from.ok) return from;
	if (!to.ok) return to;
	if (from.value === null && to.value === null) return parseRecent(params.get('range'), usual);
	if (from.value !== null && to.value !== null && from.value > to.value)
		return fail('"from" is later than "to"');
	return { ok: true, value: { kind: 'between', from: from.value, to: to.value } };
}

function parseRecent(name: string | null, usual: Recent): ParsedRange {
	if (name === null || name === '') return { ok: true, value: { kind: 'recent', span: usual } };
	const span = RECENT.find((known) => known === name);
	if (!span) return fail(`"${name}" is not a range; use one of ${RECENT.join(', ')}`);
	return { ok: true, value: { kind: 'recent', span } };
}

/** `2026-11-22T17:03` and longer; without a zone it is UTC, as the form's own fields are. */
const MOMENT = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?(Z|[+-]\d\d:\d\d)?$/;

function parseMoment(
	params: URLSearchParams,
	name: string
): { ok: true; value: number | null } | { ok: false; message: string } {
	const text = params.get(name)?.trim() ?? '';
	if (text === '') return { ok: true, value: null };
	const zoned = /(Z|[+-]\d\d:\d\d)$/.test(text) || text.length === 10 ? text : `${text}Z`;
	const at = MOMENT.test(text) ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN;
	if (Number.isNaN(at)) return fail(`"${name}" is not a time; write it as 2026-11-22T17:03:00Z`);
	return { ok: true, value: at };
}

/** The URL parameters that say the range again; the usual one says nothing. */
export function printRange(range: TimeRange, usual: Recent): Record<string, string> {
	if (range.kind === 'recent') return range.span === usual ? {} : { range: range.span };
	return {
		...(range.from === null ? {} : { from: printMoment(range.from) }),
		...(range.to === null ? {} : { to: printMoment(range.to) })
	};
}

/** UTC, as `datetime-local` fields want it. */
export const printMoment = (at: number): string => new Date(at).toISOString().slice(0, -1);

/** The range's ends, both within it. */
export function boundsOf(range: TimeRange, now: number): { from: number; to: number | null } {
	if (range.kind === 'recent') return { from: now - SPAN_MS[range.span], to: null };
	return { from: range.from ?? 0, to: range.to };
}

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });
