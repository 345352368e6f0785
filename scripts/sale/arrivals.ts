import { setTimeout as sleep } from 'node:timers/promises';

/** Lets one in as soon as another leaves, `concurrency` at a time. */
export async function arriveInTurn<T>(
	items: readonly T[],
	concurrency: number,
	visit: (item: T, arrived: number) => Promise<void>,
	signal: AbortSignal
): Promise<void> {
	const queue = items.values();
	const worker = async () => {
		for (const item of queue) {
			if (signal.aborted) return;
			await visit(item, performance.now());
		}
	};
	await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker));
}

/** Lets `rate` in each second, whether or not those before are done: an open loop. */
export async function arriveAtRate<T>(
	items: readonly T[],
	rate: number,
	visit: (item: T, arrived: number) => Promise<void>,
	signal: AbortSignal
): Promise<void> {
	const start = performance.now();
	const inside: Promise<void>[] = [];
	for (const [index, item] of items.entries()) {
		const due = start + (index * 1000) / rate;
		await until(due, signal);
		if (signal.aborted) break;
		inside.push(visit(item, due));
	}
	await Promise.all(inside);
}

async function until(due: number, signal: AbortSignal): Promise<void> {
	const wait = due - performance.now();
	if (wait <= 0) return;
	try {
		await sleep(wait, undefined, { signal });
	} catch (error) {
		if (!signal.aborted) throw error;
	}
}
