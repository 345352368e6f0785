import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Keys } from './keys.ts';
import type { Settings } from './settings.ts';

/** A running restate-server. */
export interface RestateServer {
	pid: number;
	/** Resolves with the exit code once the process has ended, however it ended. */
	exited: Promise<number | null>;
	/** Asks the server to stop and waits until it has. */
	stop: () => Promise<void>;
	/** SIGKILL, for drills. */
	kill: () => Promise<void>;
}

/** Starts restate-server on the stack's data folder and waits until it is healthy. */
export async function startRestate(settings: Settings, keys: Keys): Promise<RestateServer> {
	const logDir = join(settings.dataDir, 'logs');
	mkdirSync(logDir, { recursive: true });
	const log = openSync(join(logDir, 'restate-server.log'), 'a');
	const child = spawn('node_modules/.bin/restate-server', ['--no-logo'], {
		env: { ...process.env, ...serverConfig(settings, keys) },
		stdio: ['ignore', log, log],
		// Its own process group: Ctrl-C reaches the supervisor alone, which stops things in order.
		detached: true
	});
	const exited = new Promise<number | null>((resolve) => {
		child.once('exit', resolve);
	});
	const failed = new Promise<never>((_, reject) => {
		child.once('error', reject);
		void exited.then((code) =>
			reject(new Error(`restate-server ended with code ${code ?? 'none'}: see ${logDir}`))
		);
	});
	const signal = async (name: NodeJS.Signals) => {
		child.kill(name);
		await exited;
	};
	const server = {
		pid: child.pid ?? 0,
		exited,
		stop: () => signal('SIGTERM'),
		kill: () => signal('SIGKILL')
	};
	failed.catch(() => undefined);
	try {
		await Promise.race([untilHealthy(settings), failed]);
	} catch (error) {
		await server.kill();
		throw error;
	}
	return server;
}

/** Registers the service Worker; harmless when that deployment is known already. */
export async function registerDeployment(adminUrl: string, workerUrl: string): Promise<void> {
	const response = await fetch(`${adminUrl}/deployments`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		// workerd speaks HTTP/1.1 in the clear. Local code changes under the same address, so the
		// deployment is overwritten; in production each version has its own (docs/ARCHITECTURE.md).
		body: JSON.stringify({ uri: workerUrl, use_http_11: true, force: true })
	});
	if (!response.ok)
		throw new Error(
			`Restate refused the deployment at ${workerUrl}: ${response.status} ${await response.text()}`
		);
}

const serverConfig = ({ dataDir, ports }: Settings, keys: Keys): Record<string, string> => ({
	RESTATE_BASE_DIR: join(dataDir, 'restate'),
	RESTATE_CLUSTER_NAME: 'nexus-local',
	RESTATE_NODE_NAME: 'nexus-local',
	RESTATE_DISABLE_TELEMETRY: 'true',
	RESTATE_LISTEN_MODE: 'tcp',
	RESTATE_BIND_IP: '127.0.0.1',
	RESTATE_BIND_PORT: '0',
	RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ports.ingress}`,
	RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${ports.admin}`,
	RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: '512 MiB',
	RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE: keys.identityKeyFile,
	RUST_LOG: process.env['RUST_LOG'] ?? 'warn,restate=info'
});

async function untilHealthy({ urls }: Settings): Promise<void> {
	const deadline = Date.now() + 60_000;
	const healthy = async (url: string) => {
		try {
			return (await fetch(url)).ok;
		} catch {
			return false;
		}
	};
	for (;;) {
		const ready = await Promise.all([
			healthy(`${urls.admin}/health`),
			healthy(`${urls.ingress}/restate/health`)
		]);
		if (ready.every(Boolean)) return;
		if (Date.now() > deadline) throw new Error('restate-server was not healthy within 60 s');
		await pause(100);
	}
}
