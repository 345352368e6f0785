import { expect, test } from 'vitest';
import { drawTrend, readTrendRange, TREND_RANGES, TREND_SCALES } from './trend.ts';
import { SERIES_KEPT_MS } from '$shared/occupancy.ts';

const scale = { from: 1000, to: 2000, seats: 50 };

test.each([
	['no point', []],
	['one point', [[1500, 1, 1] as [number, number, number]]]
])('%s is no trend', (_, points) => {
	expect(drawTrend(points, scale)).toBeUndefined();
});

test('sold stands on the ground and held on what is sold', () => {
	const picture = drawTrend(
		[
			[1000, 5, 0],
			[1500, 10, 20],
			[2000, 0, 50]
		],
		scale
	);
	expect(picture).toEqual({
		sold: 'M0 100L0 100L50 60L100 0L100 100Z',
		held: 'M0 90L50 40L100 0L100 0L50 60L0 100Z'
	});
});

test('points beyond the range or the house stay inside the picture', () => {
	const picture = drawTrend(
		[
			[0, 0, 10],
			[9000, 40, 40]
		],
		scale
	);
	expect(picture?.held).toBe('M0 80L100 0L100 20L0 80Z');
});

test.each([
	['', '1h'],
	['range=24h', '24h'],
	['range=1y', '1h']
])('the range of ?%s is %s', (search, range) => {
	expect(readTrendRange(new URLSearchParams(search))).toBe(range);
});

test.each(TREND_RANGES)(
	'%s comes from a step that is kept for so long, in some 60 points',
	(range) => {
		const { ms, step, bucketMs } = TREND_SCALES[range];
		expect(SERIES_KEPT_MS[step]).toBeGreaterThanOrEqual(ms);
		expect(bucketMs % (step * 1000)).toBe(0);
		expect(ms / bucketMs).toBeGreaterThanOrEqual(60);
		expect(ms / bucketMs).toBeLessThanOrEqual(72);
	}
);
