import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertPortsFree, distinctPorts, settlePorts } from './ports.ts';
import { readSettings, settingsFor } from './settings.ts';
import type { Settings } from './settings.ts';

let dataDir: string;
const listening: Server[] = [];

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'nexus-ports-'));
});

afterEach(() => {
	rmSync(dataDir, { recursive: true, force: true });
	for (const server of listening.splice(0)) server.close();
});

async function take(port: number): Promise<void> {
	const server = createServer();
	listening.push(server);
	await new Promise<void>((resolve) => server.listen(port, () => resolve()));
}

async function freeSettings(): Promise<Settings> {
	const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = await distinctPorts(6);
	const ports = { console: a, ingress: b, admin: c, worker: d, occupancy: e, sandbox: f };
	return settingsFor(dataDir, ports);
}

it('finds free ports, each once, that no outgoing connection can take meanwhile', async () => {
	const ports = await distinctPorts(50);
	expect(new Set(ports).size).toBe(50);
	expect(Math.min(...ports)).toBeGreaterThan(1_024);
	expect(Math.max(...ports)).toBeLessThan(32_768);
	await Promise.all(ports.map(take));
});

describe('the occupancy Worker’s port', () => {
	it('is another where the usual one is taken, and the same at each start after', async () => {
		const usual = await freeSettings();
		await take(usual.ports.occupancy);
		const first = await settlePorts(usual, {});
		expect(first.ports.occupancy).not.toBe(usual.ports.occupancy);
		expect(first.urls.occupancy).toBe(`http://localhost:${first.ports.occupancy}`);
		await assertPortsFree(first);
		const again = readSettings({ NEXUS_DATA: dataDir });
		expect(again.ports.occupancy).toBe(first.ports.occupancy);
		expect((await settlePorts(again, {})).ports).toEqual(again.ports);
	});

	it('is the usual one where that is free', async () => {
		const usual = await freeSettings();
		expect((await settlePorts(usual, {})).ports).toEqual(usual.ports);
	});

	it('is the one asked for, taken or not, and then the error names its variable', async () => {
		const usual = await freeSettings();
		const port = usual.ports.occupancy;
		await take(port);
		const env = { NEXUS_DATA: dataDir, NEXUS_PORT_OCCUPANCY: String(port) };
		expect(readSettings(env).ports.occupancy).toBe(port);
		await expect(assertPortsFree(await settlePorts(usual, env))).rejects.toThrow(
			`port ${port} (occupancy) is taken: stop what listens there, or choose another with NEXUS_PORT_OCCUPANCY=<port>`
		);
	});

	it('is named when it is none', () => {
		expect(() => readSettings({ NEXUS_PORT_OCCUPANCY: '0' })).toThrow(
			'NEXUS_PORT_OCCUPANCY is "0", which is not a port'
		);
	});
});
