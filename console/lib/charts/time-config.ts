import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { count } from '../format.ts';
import type { Zone } from '../format.ts';
import type { Palette } from '../seat-map/palette.ts';
import { axis } from './chart-style.ts';
import { timeLines } from './time-plot.ts';
import type { TimeCursor } from './time-cursor.svelte.ts';
import { tickLabel, timeTicks } from './time-ticks.ts';

/** Wide enough for any label, and the same in every chart, so that the same moment is in line. */
const Y_AXIS_PX = 48;
const TICK_PX = 90;

interface TimeConfig {
	palette: Palette;
	zone: () => Zone;
	cursor: TimeCursor;
	datasets: ChartDataset<'line'>[];
	stacked: boolean;
}

/** Values over time. x is ms since the epoch, so no date adapter is needed. */
export function timeConfig(given: TimeConfig): ChartConfiguration<'line'> {
	const { palette, zone, cursor, datasets, stacked } = given;
	const base = axis(palette);
	return {
		type: 'line',
		data: { datasets },
		plugins: [timeLines(cursor, palette)],
		options: {
			parsing: false,
			normalized: true,
			animation: false,
			maintainAspectRatio: false,
			// The shared cursor stands in for chart.js's own hover.
			events: [],
			scales: {
				x: {
					...base,
					type: 'linear',
					grid: { display: false },
					afterBuildTicks: (scale) => {
						const max = Math.max(2, Math.floor(scale.width / TICK_PX));
						scale.ticks = timeTicks(scale.min, scale.max, max).map((value) => ({ value }));
					},
					ticks: {
						...base.ticks,
						autoSkip: false,
						callback(value) {
							return tickLabel(Number(value), this.max - this.min, zone());
						}
					}
				},
				y: {
					...base,
					stacked,
					beginAtZero: true,
					suggestedMax: stacked ? 10 : 1,
					afterFit: (scale) => {
						scale.width = Y_AXIS_PX;
					},
					ticks: {
						...base.ticks,
						maxTicksLimit: 5,
						...(stacked && { precision: 0 }),
						callback: (value) => count(Number(value))
					}
				}
			},
			plugins: { tooltip: { enabled: false } }
		}
	};
}
