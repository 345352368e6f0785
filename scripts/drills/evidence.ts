import { isDeepStrictEqual } from 'node:util';

/** Where a piece of evidence was read. */
export type Source =
	| 'answer'
	| 'seat'
	| 'ledger'
	| 'invocation'
	| 'journal'
	| 'order'
	| 'mail'
	| 'state'
	| 'audit'
	| 'console';

export interface Evidence {
	source: Source;
	seen: string;
	passed: boolean;
}

/** Evidence that must be exactly as expected. */
export function same(source: Source, what: string, actual: unknown, expected: unknown): Evidence {
	const passed = isDeepStrictEqual(actual, expected);
	const seen = `${what} ${show(actual)}${passed ? '' : `, not ${show(expected)}`}`;
	return { source, seen, passed };
}

/** Evidence that a condition holds for what was seen. */
export const holds = (
	source: Source,
	what: string,
	actual: unknown,
	condition: boolean
): Evidence => ({
	source,
	seen: `${what} ${show(actual)}${condition ? '' : ' (wrong)'}`,
	passed: condition
});

/** How often each value occurs, in the order of the values: `409 × 99`. */
export function tally(values: readonly (string | number)[]): Record<string, number> {
	const groups = Map.groupBy(values, String);
	return Object.fromEntries([...groups].sort().map(([value, all]) => [value, all.length]));
}

function show(value: unknown): string {
	if (typeof value === 'string') return value;
	if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(show).join(', ');
	if (typeof value !== 'object' || value === null) return String(value);
	const entries = Object.entries(value).map(([key, each]) =>
		typeof each === 'number' ? `${each} × ${key}` : `${key} ${show(each)}`
	);
	return entries.length === 0 ? 'none' : entries.join(', ');
}
