import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { listenerOf } from './listener.ts';

const LISTEN = `const server = require('node:net').createServer();
	server.listen(0, '127.0.0.1', () => console.log(server.address().port));`;

it('finds the process behind a port, this one or another', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	expect(listenerOf((server.address() as AddressInfo).port)).toBe(process.pid);
	server.close();

	const child = spawn(process.execPath, ['-e', LISTEN], { stdio: ['ignore', 'pipe', 'inherit'] });
	try {
		const [port] = (await once(child.stdout, 'data')) as [Buffer];
		expect(listenerOf(Number(port.toString()))).toBe(child.pid);
	} finally {
		child.kill('SIGKILL');
	}
});

it('says which port nobody listens on', async () => {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	await once(server, 'close');
	expect(() => listenerOf(port)).toThrow(`no process listens on port ${port}`);
});
