import type { ChartConfiguration } from 'chart.js';
import { count } from '../format.ts';
import type { Palette } from '../seat-map/palette.ts';
import { axis, stripes, tooltip, withAlpha } from './chart-style.ts';

/** Sold, held and available seats of each section, as stacked bars. */
export function sectionConfig(
	palette: Palette,
	sections: readonly string[]
): ChartConfiguration<'bar'> {
	const base = axis(palette);
	const zeros = () => sections.map(() => 0);
	const bar = { barPercentage: 0.8, categoryPercentage: 0.9, borderRadius: 1 };
	return {
		type: 'bar',
		data: {
			labels: [...sections],
			datasets: [
				{ ...bar, label: 'Sold', data: zeros(), backgroundColor: palette.sold },
				{
					...bar,
					label: 'Held',
					data: zeros(),
					backgroundColor: stripes(palette.held, withAlpha(palette.held, 0.35))
				},
				{
					...bar,
					label: 'Available',
					data: zeros(),
					backgroundColor: withAlpha(palette.available, 0.28)
				}
			]
		},
		options: {
			indexAxis: 'y',
			animation: false,
			maintainAspectRatio: false,
			interaction: { mode: 'index', axis: 'y', intersect: false },
			scales: {
				x: {
					...base,
					stacked: true,
					ticks: {
						...base.ticks,
						precision: 0,
						maxTicksLimit: 5,
						callback: (n) => count(Number(n))
					}
				},
				y: {
					...base,
					stacked: true,
					grid: { display: false },
					ticks: { ...base.ticks, color: palette.ink, autoSkip: false, padding: 4 }
				}
			},
			plugins: { tooltip: tooltip(palette) }
		}
	};
}
