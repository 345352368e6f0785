import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { pauseAfter, refreshWhileVisible } from './refresh.ts';

/** A page that can be hidden. */
class Page extends EventTarget {
	hidden = false;
	show(shown: boolean) {
		this.hidden = !shown;
		this.dispatchEvent(new Event('visibilitychange'));
	}
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test.each([
	[0, 3000],
	[42, 3000],
	[300, 3000],
	[301, 3010],
	[2000, 20_000]
])('after %s ms it waits %s ms', (cost, pause) => {
	expect(pauseAfter(cost, 3000)).toBe(pause);
});

describe('refreshWhileVisible', () => {
	test('waits after each answer, however long that took', async () => {
		const page = new Page();
		let answer: () => void = () => undefined;
		const refresh = vi.fn(() => new Promise<void>((done) => (answer = done)));
		const stop = refreshWhileVisible(refresh, () => 100, page);
		await vi.advanceTimersByTimeAsync(100);
		expect(refresh).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(1000);
		expect(refresh).toHaveBeenCalledTimes(1);
		answer();
		await vi.advanceTimersByTimeAsync(100);
		expect(refresh).toHaveBeenCalledTimes(2);
		stop();
	});

	test('rests while hidden and catches up at once', async () => {
		const page = new Page();
		const refresh = vi.fn(() => Promise.resolve());
		const stop = refreshWhileVisible(refresh, () => 100, page);
		page.show(false);
		await vi.advanceTimersByTimeAsync(1000);
		expect(refresh).not.toHaveBeenCalled();
		page.show(true);
		expect(refresh).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(100);
		expect(refresh).toHaveBeenCalledTimes(2);
		stop();
		await vi.advanceTimersByTimeAsync(1000);
		page.show(true);
		expect(refresh).toHaveBeenCalledTimes(2);
	});

	test('ends when there is no next time', async () => {
		const page = new Page();
		const delays = [100, null];
		const refresh = vi.fn(() => Promise.resolve());
		const stop = refreshWhileVisible(refresh, () => delays.shift() ?? null, page);
		await vi.advanceTimersByTimeAsync(1000);
		expect(refresh).toHaveBeenCalledTimes(1);
		page.show(true);
		expect(refresh).toHaveBeenCalledTimes(1);
		stop();
	});
});
