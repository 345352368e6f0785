/** What a change made of a thing, told field by field. */

export interface Difference {
	/** Where in the value, as `seats.0.status`; empty for the value itself. */
	path: string;
	/** As JSON; undefined where it was not there. */
	before: unknown;
	after: unknown;
}

/** More than a reader compares line by line; the whole values stand beside them. */
export const MOST_DIFFERENCES = 30;

/**
 * The fields in which two values differ, in the order of their names. Where the whole value came or
 * went, its own first fields are told.
 */
export function differences(before: unknown, after: unknown): Difference[] {
	return [...differing(before, after, '')].slice(0, MOST_DIFFERENCES);
}

function* differing(before: unknown, after: unknown, path: string): Generator<Difference> {
	if (isSame(before, after)) return;
	const [was, is] = [fieldsOf(before), fieldsOf(after)];
	if ((!was && !isNothing(before)) || (!is && !isNothing(after)) || (!was && !is)) {
		yield { path, before: before ?? undefined, after: after ?? undefined };
		return;
	}
	for (const name of new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})]))
		yield* differing(was?.[name], is?.[name], path === '' ? name : `${path}.${name}`);
}

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** Only what has fields is told field by field: an empty one is a value like any other. */
function fieldsOf(value: unknown): Record<string, unknown> | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const fields = Object.fromEntries(Object.entries(value));
	return Object.keys(fields).length > 0 ? fields : undefined;
}

const isSame = (a: unknown, b: unknown): boolean =>
	a === b || (isNothing(a) && isNothing(b)) || JSON.stringify(a) === JSON.stringify(b);
