import { error } from '@sveltejs/kit';
import type { Span } from '../charts/chart-range.ts';

const MAX_MS = 4 * 24 * 3_600_000;

/** The stretch of time a data route is asked for. @throws a 400 that says how to name it */
export function readSpan(params: URLSearchParams): Span {
	const [from, to] = ['from', 'to'].map((name) => {
		const text = params.get(name) ?? '';
		if (!/^\d{1,15}$/.test(text)) error(400, `Give ?${name}= as milliseconds since 1970`);
		return Number(text);
	});
	if (from === undefined || to === undefined || to <= from)
		error(400, '?to= must be later than ?from=');
	if (to - from > MAX_MS) error(400, 'Ask for four days at most');
	return { from, to };
}
