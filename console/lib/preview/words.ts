import { parseSeatKey } from '$shared/seat-key.ts';
import { exact } from '../format.ts';
import type { InvocationTarget } from '../invocation.ts';

/** How previews word what they speak of. Times are UTC: a sentence is kept, and read elsewhere. */

/** `3 seats`, `1 seat`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
	`${n} ${n === 1 ? one : many}`;

const seatName = (key: string): string => parseSeatKey(key)?.seatId ?? key;

/** `S1-A-1, S1-A-2`. */
export const seatNames = (keys: readonly string[]): string => keys.map(seatName).join(', ');

/** `2026-11-22 17:03:18 UTC`. */
export const moment = (at: number): string => exact(at, 'utc').replace(/\.\d{3} UTC$/, ' UTC');

/** `Ticket/concert-1:S1-A-1/reserve`. */
export const callName = ({ service, key, handler }: InvocationTarget): string =>
	[service, key, handler].filter((part) => part !== null).join('/');

/** `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly string[]): string {
	const [last, ...others] = parts.toReversed();
	if (last === undefined) return '';
	return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}
