/**
 * SQL literals for Restate's query endpoint, which takes no bound parameters. Every value that
 * enters a query passes through here; nothing else may write a quote.
 */

/** A string literal. Standard SQL has one escape, the doubled quote; a backslash is itself. */
export function text(value: string): string {
	if (value.includes('\0')) throw new TypeError('A text value must not contain a NUL character');
	return `'${value.replaceAll("'", "''")}'`;
}

/** A parenthesised list of string literals, for IN. */
export function textList(values: readonly string[]): string {
	if (values.length === 0) throw new TypeError('An IN list must not be empty');
	return `(${values.map(text).join(', ')})`;
}

/** An integer literal. */
export function integer(value: number): string {
	if (!Number.isSafeInteger(value)) throw new TypeError(`Not an integer: ${value}`);
	return String(value);
}

/** A timestamp literal from ms since the epoch. */
export const timestamp = (ms: number): string => `to_timestamp_millis(${integer(ms)})`;
