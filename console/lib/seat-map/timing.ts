/** What the map's work is called in the browser's performance timeline. */
export const MEASURES = {
	model: 'seat-map:model',
	firstPaint: 'seat-map:first-paint',
	/** Finding out which seats look different. */
	diff: 'seat-map:diff',
	/** Some seats that changed. */
	delta: 'seat-map:delta',
	/** Everything in view, after a pan, a zoom or another filter. */
	frame: 'seat-map:frame'
} as const;

/**
 * Tells whoever observes the timeline how long `work` on so many `seats` took. The entry does not
 * stay in it: a page that is open for hours would fill it.
 */
export function timed<T>(name: string, seats: number, work: () => T): T {
	const start = performance.now();
	const result = work();
	performance.measure(name, { start, detail: { seats } });
	performance.clearMeasures(name);
	return result;
}
