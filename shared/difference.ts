/** How many differences are told; the rest is counted. */
const TOLD = 5;

/** What two readings of the same thing differ in, in words; null when they do not. */
export function describeDifference(seen: unknown, now: unknown): string | null {
	const [before, after] = [flatten(seen), flatten(now)];
	const paths = [...new Set([...before.keys(), ...after.keys()])];
	const differing = paths.filter((path) => before.get(path) !== after.get(path));
	if (differing.length === 0) return null;
	const told = differing
		.slice(0, TOLD)
		.map((path) => `${path || 'it'} was ${show(before.get(path))}, is ${show(after.get(path))}`);
	const more = differing.length - told.length;
	return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

/** The leaves of a JSON value as text, by their path. */
function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
	if (typeof value !== 'object' || value === null) {
		if (value !== undefined) into.set(path, JSON.stringify(value));
		return into;
	}
	const entries = Object.entries(value);
	if (entries.length === 0) into.set(path, Array.isArray(value) ? '[]' : '{}');
	for (const [key, each] of entries) flatten(each, path ? `${path}.${key}` : key, into);
	return into;
}

const show = (leaf: string | undefined): string => leaf ?? 'missing';
