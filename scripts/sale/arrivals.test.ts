import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { arriveAtRate, arriveInTurn } from './arrivals.ts';

const items = Array.from({ length: 20 }, (_, i) => i);
const never = new AbortController().signal;

it('in turn: everybody once, never more at a time than allowed', async () => {
	const seen: number[] = [];
	let inside = 0;
	let most = 0;
	const visit = async (item: number) => {
		most = Math.max(most, ++inside);
		await sleep(1);
		inside--;
		seen.push(item);
	};
	await arriveInTurn(items, 4, visit, never);
	expect(seen.sort((a, b) => a - b)).toEqual(items);
	expect(most).toBe(4);
});

it('at a rate: due times are even, and nobody waits for those before', async () => {
	const due: number[] = [];
	let inside = 0;
	let most = 0;
	const visit = async (_item: number, arrived: number) => {
		due.push(arrived);
		most = Math.max(most, ++inside);
		await sleep(200);
		inside--;
	};
	await arriveAtRate(items, 500, visit, never);
	const gaps = due.slice(1).map((time, i) => Math.round(time - (due[i] ?? 0)));
	expect(new Set(gaps)).toEqual(new Set([2]));
	expect(most).toBe(20);
});

it.each([
	['in turn', (visit: () => Promise<void>, s: AbortSignal) => arriveInTurn(items, 2, visit, s)],
	['at a rate', (visit: () => Promise<void>, s: AbortSignal) => arriveAtRate(items, 5, visit, s)]
])('%s: an abort stops arrivals and waits for those inside', async (_name, arrive) => {
	const abort = new AbortController();
	let [arrived, left] = [0, 0];
	await arrive(async () => {
		arrived++;
		abort.abort();
		await sleep(20);
		left++;
	}, abort.signal);
	expect(arrived).toBeGreaterThan(0);
	expect(arrived).toBeLessThan(items.length);
	expect(left).toBe(arrived);
});
