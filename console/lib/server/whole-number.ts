import { error } from '@sveltejs/kit';

/** A whole number from an address, `fallback` where it is not given. @throws 400 naming it */
export function wholeNumber(query: URLSearchParams, name: string, fallback: number): number {
	const text = query.get(name);
	if (text === null) return fallback;
	if (/^\d{1,15}$/.test(text)) return Number(text);
	error(400, { message: `"${name}" is "${text}": give a whole number`, code: 'bad-request' });
}
