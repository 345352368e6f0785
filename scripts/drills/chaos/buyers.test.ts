import { expect, test } from 'vitest';
import { ConnectionError, ServiceError } from '../../ingress.ts';
import { unlessLost } from './buyers.ts';

const failing = (error: Error) => unlessLost(() => Promise.reject(error));

test('a call is lost where the connection broke, or the server had only just started', async () => {
	expect(await unlessLost(() => Promise.resolve(7))).toBe(7);
	expect(await failing(new ConnectionError('reset'))).toBeNull();
	const unread = "service 'Ticket' not found, make sure to register the service before calling it.";
	expect(await failing(new ServiceError(404, unread))).toBeNull();
});

test('a call that was answered is not', async () => {
	for (const error of [
		new ServiceError(404, 'No event "Ticket"'),
		new ServiceError(503, 'Sale of "Opening Night" is paused'),
		new Error('a mistake of ours')
	])
		await expect(failing(error)).rejects.toBe(error);
});
