/** How many messages of one kind are listed; the rest are counted. */
const LISTED = 50;

/**
 * Collects messages by kind. A plan of 100,000 seats can be wrong 100,000 times in one way: each
 * kind lists its first few places and says how many more there are.
 */
export class Findings {
	readonly #kinds = new Map<string, { listed: string[]; count: number; limit: number }>();

	/** Adds a message. `kind` names the problem in the line that counts the ones not listed. */
	add(kind: string, message: string, limit = LISTED): void {
		let found = this.#kinds.get(kind);
		if (!found) this.#kinds.set(kind, (found = { listed: [], count: 0, limit }));
		found.count++;
		if (found.listed.length < found.limit) found.listed.push(message);
	}

	get empty(): boolean {
		return this.#kinds.size === 0;
	}

	/** Every kind in order of first appearance, its messages and the count of the rest. */
	list(): string[] {
		return [...this.#kinds].flatMap(([kind, { listed, count }]) =>
			count > listed.length
				? [...listed, `… and ${(count - listed.length).toLocaleString('en')} more: ${kind}`]
				: listed
		);
	}
}

/** A JSON value as it should read in a message: short, and quoted when it is text. */
export function show(value: unknown): string {
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'object' && value !== null) return 'an object';
	const text = JSON.stringify(value) as string | undefined;
	if (text === undefined) return 'nothing';
	return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
