import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createAdmin } from './restate-admin.ts';

let server: Server | undefined;

afterEach(() => {
	server?.closeAllConnections();
	server?.close();
	server = undefined;
});

/** An admin client whose server answers every request with `answer`. */
async function adminOf(answer: RequestListener, token?: string) {
	const listening = createServer(answer);
	server = listening;
	await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
	const { port } = listening.address() as AddressInfo;
	return createAdmin({ url: `http://127.0.0.1:${port}`, token });
}

describe('query', () => {
	test('asks for exactly application/json, with the bearer token, and returns the rows', async () => {
		let headers: Record<string, unknown> = {};
		const admin = await adminOf((request, response) => {
			headers = request.headers;
			response.end('{"rows":[{"n":1}]}');
		}, 'key_1');
		expect(await admin.query('SELECT 1 AS n')).toEqual([{ n: 1 }]);
		expect(headers).toMatchObject({ accept: 'application/json', authorization: 'Bearer key_1' });
	});

	test.each([
		[200, '{"rows":[{"n":1},', { code: 'restate-truncated', status: 502, retryable: true }],
		[400, '{"message":"syntax"}', { code: 'restate-refused', status: 502, retryable: false }],
		[500, 'No field named nope', { code: 'restate-refused', status: 502, retryable: false }],
		[429, '', { code: 'restate-busy', status: 503, retryable: true }],
		[401, '', { code: 'restate-denied', status: 502, retryable: false }]
	])('answer %s %j', async (status, body, error) => {
		const admin = await adminOf((_, response) => response.writeHead(status).end(body));
		await expect(admin.query('SELECT 1')).rejects.toMatchObject({
			name: 'UpstreamError',
			...error
		});
	});

	test('gives up after its time-out', async () => {
		const admin = await adminOf(() => undefined);
		await expect(admin.query('SELECT 1', { timeoutMs: 50 })).rejects.toMatchObject({
			code: 'restate-slow',
			status: 504
		});
	});

	test('says that Restate is not reachable', async () => {
		const admin = createAdmin({ url: 'http://127.0.0.1:1' });
		await expect(admin.query('SELECT 1')).rejects.toMatchObject({
			code: 'restate-unreachable',
			status: 503,
			retryable: true
		});
		expect(await admin.health()).toBe(false);
	});
});
