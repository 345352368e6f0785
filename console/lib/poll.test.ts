import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { poll } from './poll.ts';

class Page extends EventTarget {
	hidden = false;
	show(visible: boolean) {
		this.hidden = !visible;
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

let page: Page;

beforeEach(() => {
	page = new Page();
	vi.useFakeTimers();
	vi.stubGlobal('document', page);
});

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test('runs at once and then on its interval, until stopped', async () => {
	const task = vi.fn(() => Promise.resolve());
	const stop = poll(task, 1000);
	expect(task).toHaveBeenCalledTimes(1);
	await vi.advanceTimersByTimeAsync(3000);
	expect(task).toHaveBeenCalledTimes(4);
	stop();
	await vi.advanceTimersByTimeAsync(3000);
	expect(task).toHaveBeenCalledTimes(4);
});

test('never overlaps: the interval counts from the end of a run', async () => {
	const task = vi.fn(() => new Promise<void>((done) => setTimeout(done, 2500)));
	const stop = poll(task, 1000);
	await vi.advanceTimersByTimeAsync(3400);
	expect(task).toHaveBeenCalledTimes(1);
	await vi.advanceTimersByTimeAsync(200);
	expect(task).toHaveBeenCalledTimes(2);
	stop();
});

test('rests while hidden and runs at once on return', async () => {
	const task = vi.fn(() => Promise.resolve());
	const stop = poll(task, 1000, { immediate: false });
	expect(task).not.toHaveBeenCalled();
	page.show(false);
	await vi.advanceTimersByTimeAsync(60_000);
	expect(task).not.toHaveBeenCalled();
	page.show(true);
	expect(task).toHaveBeenCalledTimes(1);
	stop();
});

test('a run that ends after stop schedules nothing', async () => {
	const task = vi.fn(() => new Promise<void>((done) => setTimeout(done, 500)));
	const stop = poll(task, 1000);
	stop();
	await vi.advanceTimersByTimeAsync(5000);
	expect(task).toHaveBeenCalledTimes(1);
});
