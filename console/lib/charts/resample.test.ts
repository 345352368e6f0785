import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SeriesPoint } from '$shared/occupancy.ts';
import { bucketAt, mergePoints, ratesOf, resample, totalFlow } from './resample.ts';

const point = (second: number, sold: number, reserved = 0): SeriesPoint => ({
	at: second * 1000,
	available: 100 - sold,
	held: 0,
	sold,
	overdue: 0,
	reserved,
	confirmed: 0,
	released: 0,
	expired: 0
});

const seconds = fc
	.uniqueArray(fc.nat(600), { maxLength: 80 })
	.map((all) => all.sort((a, b) => a - b));
const series = seconds.map((all) => all.map((second, n) => point(second, n, second % 7)));

describe('resample', () => {
	it('holds counts until the next point, and knows none before the first', () => {
		const buckets = resample([point(2, 5), point(6, 9)], 1, { from: 0, to: 8000 }, 8);
		expect(buckets.map(({ counts }) => counts?.sold)).toEqual([
			undefined,
			undefined,
			5,
			5,
			5,
			5,
			9
		]);
	});

	it('begins with what was known before its span', () => {
		const [first] = resample([point(2, 5), point(60, 9)], 1, { from: 30_000, to: 60_000 }, 100);
		expect(first?.counts?.sold).toBe(5);
	});

	it('makes an empty series into nothing', () => {
		expect(resample([], 1, { from: 0, to: 1000 }, 10)).toEqual([]);
	});

	it('loses no transition of its span, and stays within its limit', () => {
		fc.assert(
			fc.property(series, fc.integer({ min: 1, max: 700 }), (points, max) => {
				const span = { from: 0, to: 601_000 };
				const buckets = resample(points, 1, span, max);
				const reserved = points.reduce((sum, each) => sum + each.reserved, 0);
				expect(totalFlow(buckets).reserved).toBe(reserved);
				// The grid may begin before its span, so there can be one more.
				expect(buckets.length).toBeLessThanOrEqual(max + 1);
				expect(buckets.at(-1)?.counts?.sold).toBe(points.at(-1)?.sold);
			})
		);
	});

	it('gives a bucket the same value however the window moves', () => {
		fc.assert(
			fc.property(series, fc.nat(300), (points, shift) => {
				const values = (from: number) =>
					new Map(
						resample(points, 1, { from, to: from + 600_000 }, 60).map(({ from: at, flow }) => [
							at,
							flow.reserved
						])
					);
				const [still, moved] = [values(0), values(shift * 1000)];
				const [, ...whole] = moved;
				for (const [at, reserved] of whole)
					if (at < 590_000) expect(still.get(at) ?? reserved).toBe(reserved);
			})
		);
	});
});

it('ratesOf divides by the width of the bucket', () => {
	const [bucket] = resample([point(0, 1, 30)], 10, { from: 0, to: 10_000 }, 1);
	expect(bucket && ratesOf(bucket).reserved).toBe(3);
});

it('bucketAt finds the bucket of a moment, and the nearest one outside', () => {
	const buckets = resample([point(0, 1), point(9, 2)], 1, { from: 0, to: 10_000 }, 10);
	expect(bucketAt(buckets, 4200)?.from).toBe(4000);
	expect(bucketAt(buckets, -5)?.from).toBe(0);
	expect(bucketAt(buckets, 99_000)?.from).toBe(9000);
	expect(bucketAt([], 5)).toBeUndefined();
});

describe('mergePoints', () => {
	it('takes the newer reading of a step and forgets what is too old', () => {
		const merged = mergePoints(
			[point(1, 1), point(2, 2), point(3, 3)],
			[point(3, 4), point(4, 5)],
			2000
		);
		expect(merged.map(({ sold }) => sold)).toEqual([2, 4, 5]);
	});

	it('stays sorted and without doubles', () => {
		fc.assert(
			fc.property(series, series, (old, fresh) => {
				const times = mergePoints(old, fresh, 0).map(({ at }) => at);
				expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
			})
		);
	});
});
