/** One condition of a payment intent search. */
export type SearchClause =
	{ field: 'metadata'; key: string; value: string } | { field: 'status'; value: string };

/** A query outside the part of Stripe's search language that is spoken here. */
export class SearchQueryError extends Error {}

const QUOTED = String.raw`('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`;
const CLAUSE = new RegExp(
	String.raw`\s*(?:metadata\[\s*${QUOTED}\s*\]|(\w+))\s*:\s*${QUOTED}\s*`,
	'y'
);
const AND = /AND\s/iy;

/** Parses `metadata['key']:'value' AND status:'value'`: exact matches, all of which must hold. */
export function parseSearchQuery(query: string): SearchClause[] {
	const clauses: SearchClause[] = [];
	let position = 0;
	const next = (pattern: RegExp): RegExpExecArray => {
		pattern.lastIndex = position;
		const match = pattern.exec(query);
		if (!match) throw unsupported(query, position);
		position = pattern.lastIndex;
		return match;
	};
	for (;;) {
		clauses.push(toClause(next(CLAUSE)));
		if (position === query.length) return clauses;
		next(AND);
	}
}

function toClause([, key, field, value = '']: RegExpExecArray): SearchClause {
	if (key !== undefined) return { field: 'metadata', key: unquote(key), value: unquote(value) };
	if (field === 'status') return { field, value: unquote(value) };
	throw new SearchQueryError(
		`Field \`${field ?? ''}\` is not searchable here: use metadata['key'] or status.`
	);
}

const unquote = (text: string) => text.slice(1, -1).replace(/\\(.)/g, '$1');

const unsupported = (query: string, position: number) =>
	new SearchQueryError(
		`We were unable to parse your search query at position ${position}: \`${query.slice(position)}\`. Write metadata['key']:'value' or status:'value', joined by AND.`
	);
