import { AVAILABLE, HELD, OVERDUE, SOLD } from './picture.ts';

/**
 * What a seat looks like on the map: its status, and whether its hold is about to lapse. Derived
 * from the picture and the clock, so a hold changes its sign without anybody telling.
 */
export const SIGNS = ['AVAILABLE', 'RESERVED', 'SOLD', 'OVERDUE', 'EXPIRING'] as const;
export type Sign = (typeof SIGNS)[number];

export const EXPIRING = 4;

/** A hold with less than this left is about to lapse. */
export const EXPIRING_MS = 2 * 60_000;

/** Seats by sign; those about to lapse are not among `RESERVED`. */
export type SignCounts = Record<Sign, number>;

/**
 * The index into SIGNS of a seat whose status is `code`; `until` is 0 where nobody knows. Whether a
 * hold has lapsed is the picture's to say, by the servers' clock.
 */
export function signOf(code: number, until: number, now: number): number {
	if (code === HELD) return until > 0 && until - now < EXPIRING_MS ? EXPIRING : HELD;
	return code === SOLD || code === OVERDUE ? code : AVAILABLE;
}

/** Writes every seat's sign at `now`. @returns the seats whose sign is another than before */
export function readSigns(
	into: Uint8Array,
	{ codes, untils }: { codes: Uint8Array; untils: Float64Array },
	now: number
): number[] {
	const changed: number[] = [];
	for (let seat = 0; seat < into.length; seat++) {
		const sign = signOf(codes[seat] ?? AVAILABLE, untils[seat] ?? 0, now);
		if (into[seat] === sign) continue;
		into[seat] = sign;
		changed.push(seat);
	}
	return changed;
}

/** Counts the seats of `only`, or all of them. */
export function countSigns(signs: Uint8Array, only?: Iterable<number>): SignCounts {
	const tally = new Uint32Array(SIGNS.length);
	const add = (sign: number) => (tally[sign] = (tally[sign] ?? 0) + 1);
	if (only) for (const seat of only) add(signs[seat] ?? AVAILABLE);
	else for (let seat = 0; seat < signs.length; seat++) add(signs[seat] ?? AVAILABLE);
	return Object.fromEntries(SIGNS.map((sign, code) => [sign, tally[code] ?? 0])) as SignCounts;
}
