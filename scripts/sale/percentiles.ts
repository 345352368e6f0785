export interface Percentiles {
	count: number;
	p50: number;
	p90: number;
	p99: number;
	max: number;
}

/** The nearest-rank percentile, or undefined of nothing. */
export function percentile(values: readonly number[], percent: number): number | undefined {
	const sorted = Float64Array.from(values).sort();
	return sorted[Math.ceil((percent / 100) * sorted.length) - 1];
}

/** Nearest-rank percentiles, or undefined of nothing. */
export function percentiles(values: readonly number[]): Percentiles | undefined {
	const sorted = Float64Array.from(values).sort();
	const max = sorted.at(-1);
	if (max === undefined) return undefined;
	const rank = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? max;
	return { count: sorted.length, p50: rank(50), p90: rank(90), p99: rank(99), max };
}
