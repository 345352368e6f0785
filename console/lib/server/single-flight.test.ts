import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { byCost, singleFlight } from './single-flight.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const slow = <T>(value: T, ms: number) =>
	new Promise<T>((resolve) => setTimeout(() => resolve(value), ms));

test('callers share one load and its result while it is fresh', async () => {
	let loads = 0;
	const read = singleFlight(() => slow(++loads, 100), { freshMs: 1000, lostMs: 5000 });
	const first = [read(), read(), read()];
	await vi.advanceTimersByTimeAsync(100);
	expect(await Promise.all(first)).toEqual([1, 1, 1]);
	expect(await read()).toBe(1);
	await vi.advanceTimersByTimeAsync(1000);
	const second = read();
	await vi.advanceTimersByTimeAsync(100);
	expect(await second).toBe(2);
});

test('a load that failed is its caller’s alone: who waited for it begins another', async () => {
	let loads = 0;
	const read = singleFlight(
		async () => {
			const mine = ++loads;
			await slow(null, 10);
			if (mine === 1) throw new Error('the request that began it is gone');
			return mine;
		},
		{ freshMs: 1000, lostMs: 5000 }
	);
	const both = Promise.allSettled([read(), read()]);
	await vi.advanceTimersByTimeAsync(30);
	expect(await both).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 2 }]);
	expect(await read()).toBe(2);
});

test('a load that never ends is given up by those who wait for it', async () => {
	let loads = 0;
	const read = singleFlight(
		() => (++loads === 1 ? new Promise<number>(() => undefined) : Promise.resolve(loads)),
		{ freshMs: 1000, lostMs: 5000 }
	);
	void read();
	await vi.advanceTimersByTimeAsync(2000);
	const waiter = read();
	await vi.advanceTimersByTimeAsync(3000);
	expect(await waiter).toBe(2);
});

test('a result that was costly to load is good for longer', async () => {
	let loads = 0;
	const read = singleFlight(() => slow(++loads, 500), { freshMs: byCost(1000), lostMs: 5000 });
	const first = read();
	await vi.advanceTimersByTimeAsync(500);
	expect(await first).toBe(1);
	await vi.advanceTimersByTimeAsync(4499);
	expect(await read()).toBe(1);
	await vi.advanceTimersByTimeAsync(1);
	const second = read();
	await vi.advanceTimersByTimeAsync(500);
	expect(await second).toBe(2);
});
