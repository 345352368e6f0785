/** What a search finds, by kind and in the order in which they are shown. */
export const HIT_KINDS = ['order', 'seat', 'invocation', 'event', 'deployment'] as const;
export type HitKind = (typeof HIT_KINDS)[number];

export interface SearchHit {
	kind: HitKind;
	/** Leads to its page, see `urlOfHit` in console/lib/urls.ts. */
	id: string;
	label: string;
	/** Beside the label: whose, how much, when. */
	detail: string;
	/** As {@link StatusBadge} takes it; null for what has none. */
	status: string | null;
	/** Whether the search named exactly this one. */
	exact: boolean;
}

export interface SearchResult {
	query: string;
	hits: SearchHit[];
	/** Sources that could not be asked, in words. */
	problems: string[];
}

export const MAX_QUERY = 256;

/** Which sources a search asks. */
export interface SearchPlan {
	/** Seats to look for, as whole keys. */
	seatKeys: string[];
	/** The beginning of a seat's key; null where it cannot be one. */
	seatPrefix: string | null;
	/** A part of an invocation's ID, anywhere in it; null where it cannot be one. */
	invocationPart: string | null;
	deploymentPrefix: string | null;
}

const PART = /^[A-Za-z0-9._-]{1,64}$/;
/** IDs that say by their prefix what they are of. */
const OTHER = /^(inv|ord|dp|pi)_/;
const PREFIX = /^[A-Za-z0-9._-]{1,64}:[A-Za-z0-9._-]{0,64}$/;
/** A shorter part of an ID is in too many of them. */
const ID_PART = /^[A-Za-z0-9]{6,64}$/;

/** Tells from a text's form what it may name. A seat is also found without its event. */
export function planSearch(query: string, eventIds: readonly string[]): SearchPlan {
	const whole = PREFIX.test(query) && !query.endsWith(':');
	const bare =
		PART.test(query) && !OTHER.test(query) ? eventIds.map((event) => `${event}:${query}`) : [];
	return {
		seatKeys: whole ? [query] : bare,
		seatPrefix: PREFIX.test(query) ? query : null,
		invocationPart: invocationPart(query),
		deploymentPrefix: /^dp_[A-Za-z0-9]*$/.test(query) ? query : null
	};
}

/** An order's ID is its checkout's under another prefix. */
function invocationPart(query: string): string | null {
	if (/^(inv|ord)_[A-Za-z0-9]+$/.test(query)) return query.replace(/^ord_/, 'inv_');
	return ID_PART.test(query) && /\d/.test(query) && /[A-Za-z]/.test(query) ? query : null;
}

/** The one page that a search means: what it names exactly, or all that it found. */
export function landingOf({ hits }: SearchResult): SearchHit | null {
	const exact = hits.filter((hit) => hit.exact);
	// A seat named by its key is meant itself, not the orders of it.
	const [first] = exact.length > 0 ? exact : hits;
	return first && (exact.length > 0 ? exact.length === 1 : hits.length === 1) ? first : null;
}

/** The hits by kind, without the kinds that have none. */
export const grouped = (hits: readonly SearchHit[]): { kind: HitKind; hits: SearchHit[] }[] =>
	HIT_KINDS.map((kind) => ({ kind, hits: hits.filter((hit) => hit.kind === kind) })).filter(
		(group) => group.hits.length > 0
	);
