import { expect, it } from 'vitest';
import { until } from './until.ts';

it('asks until there is an answer, past failures', async () => {
	const answers = [
		() => Promise.reject(new Error('not yet')),
		() => Promise.resolve(undefined),
		() => Promise.resolve<false>(false),
		() => Promise.resolve(0)
	];
	expect(await until('an answer', () => answers.shift()?.() ?? Promise.resolve(undefined))).toBe(0);
	expect(answers).toEqual([]);
});

it('says what it waited for, and why it did not come', async () => {
	const never = until('the server', () => Promise.reject(new Error('connection refused')), 1);
	await expect(never).rejects.toThrow('waited 0.001 s in vain for the server: connection refused');
	await expect(until('a seat', () => Promise.resolve(false), 1)).rejects.toThrow(
		/vain for a seat$/
	);
});
