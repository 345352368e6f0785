const LEAST_MS = 3000;

/** How long to wait after a reading that took `costMs`: a page never keeps its source busy. */
export const refreshPause = (costMs: number): number => Math.max(LEAST_MS, 10 * costMs);
