/** How the console writes numbers, money and times. Pure: zone and now are always given. */

export { money } from '$shared/money.ts';

export type Zone = 'utc' | 'local';

const COUNT = new Intl.NumberFormat('en-US');

/** 12,345 */
export const count = (value: number): string => COUNT.format(value);

/** So many per second: `0`, `0.05`, `4.2`, `310`. */
export const rate = (perSecond: number): string =>
	COUNT.format(Number(perSecond.toPrecision(perSecond < 10 ? 2 : 3)));

/** A share of a whole. Never rounds something to nothing, nor almost all to all. */
export function percent(part: number, whole: number): string {
	if (whole === 0) return '–';
	const share = (part / whole) * 100;
	if (share > 0 && share < 1) return '<1%';
	if (share > 99 && share < 100) return '>99%';
	return `${Math.round(share)}%`;
}

/** 812 bytes, 293 KiB, 1.5 MiB */
export function bytes(value: number): string {
	if (value < 1024) return `${value} bytes`;
	const kibibytes = value / 1024;
	return kibibytes < 1024 ? `${Math.ceil(kibibytes)} KiB` : `${(kibibytes / 1024).toFixed(1)} MiB`;
}

const UNITS = [
	['d', 86_400_000],
	['h', 3_600_000],
	['m', 60_000],
	['s', 1000]
] as const;

/** The two largest units, as in `2m 05s`; under ten seconds to the hundredth, then `12 ms`. */
export function duration(ms: number): string {
	if (ms < 0) return `-${duration(-ms)}`;
	if (ms < 1000) return `${Math.round(ms)} ms`;
	if (ms < 10_000) return `${(Math.floor(ms / 10) / 100).toFixed(2)} s`;
	const first = UNITS.findIndex(([, size]) => ms >= size);
	const [unit, size] = UNITS[first] ?? UNITS[3];
	const next = UNITS[first + 1];
	const head = `${Math.floor(ms / size)}${unit}`;
	if (!next) return head;
	const [nextUnit, nextSize] = next;
	const rest = Math.floor((ms % size) / nextSize);
	return `${head} ${String(rest).padStart(2, '0')}${nextUnit}`;
}

/** `just now`, `12s ago`, `in 4m`: the largest unit only. */
export function relative(at: number, now: number): string {
	const distance = Math.abs(at - now);
	if (distance < 1000) return 'just now';
	const [unit, size] = UNITS.find(([, size]) => distance >= size) ?? UNITS[3];
	const amount = `${Math.floor(distance / size)}${unit}`;
	return at > now ? `in ${amount}` : `${amount} ago`;
}

/** `2026-11-22 17:03:18.250 UTC`, or in the reader's own zone with its offset. */
export function exact(at: number, zone: Zone): string {
	const date = new Date(at);
	if (zone === 'utc') return `${date.toISOString().slice(0, 23).replace('T', ' ')} UTC`;
	const offset = -date.getTimezoneOffset();
	const shifted = new Date(at + offset * 60_000).toISOString().slice(0, 23).replace('T', ' ');
	const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
	const sign = offset < 0 ? '-' : '+';
	return `${shifted} ${sign}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** The clock part of {@link exact}: `17:03:18`. */
export const clockTime = (at: number, zone: Zone): string => exact(at, zone).slice(11, 19);

/** Keeps both ends of a long ID, where IDs differ, and says that the middle is missing. */
export function shorten(text: string, length = 18): string {
	if (text.length <= length) return text;
	const tail = Math.floor((length - 1) / 3);
	return `${text.slice(0, length - 1 - tail)}…${text.slice(-tail)}`;
}
