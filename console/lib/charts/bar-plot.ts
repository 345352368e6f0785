import type { Chart } from 'chart.js';

/** Tells which bar is pressed, by its place on the axis of names. @returns stops it */
export function followBars(chart: Chart<'bar'>, onpick: (index: number) => void): () => void {
	const { canvas } = chart;
	const indexOf = (event: PointerEvent): number | undefined =>
		chart.getElementsAtEventForMode(event, 'index', { axis: 'y', intersect: false }, false)[0]
			?.index;
	const pick = (event: PointerEvent) => {
		const index = indexOf(event);
		if (index !== undefined && event.button === 0) onpick(index);
	};
	canvas.addEventListener('pointerup', pick);
	canvas.style.cursor = 'pointer';
	return () => {
		canvas.removeEventListener('pointerup', pick);
		canvas.style.cursor = '';
	};
}
