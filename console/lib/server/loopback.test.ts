import { expect, test } from 'vitest';
import { isLoopback } from './loopback.ts';

test.each([
	['localhost', undefined, true],
	['127.0.0.1', '127.0.0.1', true],
	['[::1]', '::1', true],
	['localhost', '::ffff:127.0.0.1', true],
	['localhost', '192.168.1.20', false],
	['nexus.example', '127.0.0.1', false],
	['localhost.evil.example', undefined, false],
	['0.0.0.0', undefined, false],
	['', undefined, false]
])('%s from %s: %s', (hostname, peer, loopback) => {
	expect(isLoopback(hostname, peer)).toBe(loopback);
});
