import type { ChartDataset } from 'chart.js';
import type { Palette } from '../seat-map/palette.ts';
import { stripes, withAlpha } from './chart-style.ts';

/** A line or an area of a chart over time, told from the others by its dash as well. */
export interface SeriesLook {
	label: string;
	color: 'available' | 'held' | 'sold' | 'overdue';
	dash: readonly number[];
}

/** Areas from the bottom up. */
export const STATUS_LOOKS = {
	sold: { label: 'Sold', color: 'sold', dash: [] },
	held: { label: 'Held', color: 'held', dash: [4, 3] },
	overdue: { label: 'Lapsed', color: 'overdue', dash: [1, 3] },
	available: { label: 'Available', color: 'available', dash: [2, 3] }
} as const satisfies Record<string, SeriesLook>;

export const RATE_LOOKS = {
	reserved: { label: 'Reserved', color: 'held', dash: [] },
	confirmed: { label: 'Confirmed', color: 'sold', dash: [6, 3] },
	released: { label: 'Released', color: 'available', dash: [2, 3] },
	expired: { label: 'Expired', color: 'overdue', dash: [8, 3, 2, 3] }
} as const satisfies Record<string, SeriesLook>;

const LINE = { borderWidth: 1.5, pointRadius: 0, data: [] };

/** Stacked: the lowest is plain, those above are striped; what is available is faint. */
export const areaOf = (
	{ label, color, dash }: SeriesLook,
	palette: Palette,
	index: number
): ChartDataset<'line'> => ({
	...LINE,
	label,
	borderColor: palette[color],
	borderDash: [...dash],
	backgroundColor:
		index === 0 || color === 'available'
			? withAlpha(palette[color], index === 0 ? 0.35 : 0.12)
			: stripes(withAlpha(palette[color], 0.55), withAlpha(palette[color], 0.16)),
	fill: index === 0 ? 'origin' : '-1'
});

export const lineOf = (
	{ label, color, dash }: SeriesLook,
	palette: Palette
): ChartDataset<'line'> => ({
	...LINE,
	label,
	borderColor: palette[color],
	borderDash: [...dash]
});
