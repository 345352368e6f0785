import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { count } from '../format.ts';
import type { Palette } from '../seat-map/palette.ts';
import { axis, stripes, tooltip, withAlpha } from './chart-style.ts';

/** How one part of a stacked bar is filled; the fill tells parts apart without colour. */
export interface BarLook {
	label: string;
	color: 'available' | 'held' | 'sold' | 'overdue';
	fill: 'solid' | 'striped' | 'faint';
}

interface BarConfig {
	palette: Palette;
	looks: readonly BarLook[];
	labels: readonly string[];
	/** `x`: columns that stand; `y`: bars that lie. */
	along: 'x' | 'y';
}

/** Stacked bars by category. The data is put in by whoever draws. */
export function barConfig({ palette, looks, labels, along }: BarConfig): ChartConfiguration<'bar'> {
	const base = axis(palette);
	const values = {
		...base,
		stacked: true,
		beginAtZero: true,
		suggestedMax: 5,
		ticks: {
			...base.ticks,
			precision: 0,
			maxTicksLimit: 5,
			callback: (n: number | string) => count(Number(n))
		}
	};
	const names = {
		...base,
		stacked: true,
		grid: { display: false },
		ticks: { ...base.ticks, color: palette.ink, padding: 4, autoSkip: along === 'x' }
	};
	return {
		type: 'bar',
		data: { labels: [...labels], datasets: looks.map((look) => barOf(look, palette)) },
		options: {
			indexAxis: along,
			animation: false,
			maintainAspectRatio: false,
			interaction: { mode: 'index', axis: along, intersect: false },
			scales: along === 'y' ? { x: values, y: names } : { x: names, y: values },
			plugins: { tooltip: tooltip(palette) }
		}
	};
}

const barOf = ({ label, color, fill }: BarLook, palette: Palette): ChartDataset<'bar'> => ({
	label,
	data: [],
	barPercentage: 0.8,
	categoryPercentage: 0.9,
	borderRadius: 1,
	backgroundColor: {
		solid: palette[color],
		striped: stripes(palette[color], withAlpha(palette[color], 0.35)),
		faint: withAlpha(palette[color], 0.28)
	}[fill]
});
