import { expect, test } from 'vitest';
import { lasting } from './lasting.ts';
import { UpstreamError } from './upstream-error.ts';

test('what was read last stays during an outage, with its age, and is renewed after it', async () => {
	let clock = 1000;
	let answer: () => number = () => 1;
	const read = lasting(
		() => Promise.resolve().then(() => answer()),
		0,
		() => clock
	);
	expect(await read()).toEqual({ value: 1, outage: null });

	answer = () => {
		throw new UpstreamError('restate-unreachable', 'not reachable', { status: 503 });
	};
	clock = 2000;
	const outage = { since: 1000, message: 'not reachable' };
	expect(await read()).toEqual({ value: 1, outage });
	clock = 3000;
	expect(await read()).toEqual({ value: 1, outage });

	answer = () => 2;
	expect(await read()).toEqual({ value: 2, outage: null });
});

test('an outage from the beginning began when it was noticed', async () => {
	let clock = 1000;
	const read = lasting(
		() => Promise.reject(new UpstreamError('x', 'down', { status: 503 })),
		0,
		() => clock
	);
	await read();
	clock = 5000;
	expect(await read()).toEqual({ value: undefined, outage: { since: 1000, message: 'down' } });
});

test('a mistake is no outage', async () => {
	const read = lasting(() => Promise.reject(new TypeError('mistake')), 0);
	await expect(read()).rejects.toThrow('mistake');
});
