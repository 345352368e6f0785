import type { ChartConfiguration } from 'chart.js';
import { clockTime, count } from '../format.ts';
import type { Zone } from '../format.ts';
import type { Palette } from '../seat-map/palette.ts';
import { FONT, axis, stripes, tooltip, withAlpha } from './chart-setup.ts';

/** Held upon sold over time, as areas. x is ms since the epoch, so no date adapter is needed. */
export function occupancyConfig(palette: Palette, zone: () => Zone): ChartConfiguration<'line'> {
	const base = axis(palette);
	const line = { borderWidth: 1.5, pointRadius: 0, pointHitRadius: 8, data: [] };
	return {
		type: 'line',
		data: {
			datasets: [
				{
					...line,
					label: 'Sold',
					borderColor: palette.sold,
					backgroundColor: withAlpha(palette.sold, 0.35),
					fill: 'origin'
				},
				{
					...line,
					label: 'Held',
					borderColor: palette.held,
					borderDash: [4, 3],
					backgroundColor: stripes(withAlpha(palette.held, 0.55), withAlpha(palette.held, 0.16)),
					fill: '-1'
				}
			]
		},
		options: {
			parsing: false,
			normalized: true,
			animation: false,
			maintainAspectRatio: false,
			interaction: { mode: 'index', intersect: false },
			scales: {
				x: {
					...base,
					type: 'linear',
					grid: { display: false },
					ticks: {
						...base.ticks,
						maxTicksLimit: 6,
						callback: (value) => clockTime(Number(value), zone())
					}
				},
				y: {
					...base,
					stacked: true,
					beginAtZero: true,
					suggestedMax: 10,
					ticks: {
						...base.ticks,
						precision: 0,
						maxTicksLimit: 5,
						callback: (n) => count(Number(n))
					}
				}
			},
			plugins: {
				tooltip: {
					...tooltip(palette),
					callbacks: {
						title: ([item]) => clockTime(item?.parsed.x ?? 0, zone()),
						labelColor: ({ datasetIndex }) => ({
							borderColor: 'transparent',
							backgroundColor: datasetIndex === 0 ? palette.sold : palette.held
						})
					}
				}
			},
			font: FONT
		}
	};
}
