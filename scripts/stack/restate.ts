import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Keys } from './keys.ts';
import type { Settings } from './settings.ts';

/** A restate-server. */
export interface RestateServer {
	/** Resolves with the exit code once the process has ended, however it ended. */
	readonly exited: Promise<number | null>;
	/** Asks the server to stop and waits until it has. */
	stop: () => Promise<void>;
	/** SIGKILL, for drills. */
	kill: () => Promise<void>;
	/** Starts it again on its data, after a stop or a kill. */
	restart: () => Promise<void>;
}

/** Starts restate-server on the stack's data folder and waits until it is healthy. */
export async function startRestate(settings: Settings, keys: Keys): Promise<RestateServer> {
	let running = await launch(settings, keys);
	return {
		get exited() {
			return running.exited;
		},
		stop: () => running.end('SIGTERM'),
		kill: () => running.end('SIGKILL'),
		restart: async () => {
			running = await launch(settings, keys);
		}
	};
}

interface Process {
	exited: Promise<number | null>;
	end: (signal: NodeJS.Signals) => Promise<void>;
}

async function launch(settings: Settings, keys: Keys): Promise<Process> {
	const logDir = join(settings.dataDir, 'logs');
	mkdirSync(logDir, { recursive: true });
	const log = openSync(join(logDir, 'restate-server.log'), 'a');
	const child = spawn(serverBinary(), ['--no-logo'], {
		env: { ...process.env, ...serverConfig(settings, keys) },
		stdio: ['ignore', log, log],
		// Its own process group: Ctrl-C reaches the supervisor alone, which stops things in order.
		detached: true
	});
	closeSync(log);
	const exited = new Promise<number | null>((resolve) => {
		child.once('exit', resolve);
		child.once('error', () => resolve(null));
	});
	const failed = new Promise<never>((_, reject) => {
		child.once('error', reject);
		void exited.then((code) =>
			reject(new Error(`restate-server ended with code ${code ?? 'none'}: see ${logDir}`))
		);
	});
	failed.catch(() => undefined);
	// However this process ends, it leaves no server behind that nobody would stop.
	const abandon = () => child.kill('SIGTERM');
	process.once('exit', abandon);
	void exited.then(() => process.removeListener('exit', abandon));
	const end = async (signal: NodeJS.Signals) => {
		child.kill(signal);
		await exited;
	};
	try {
		await Promise.race([untilHealthy(settings), failed]);
	} catch (error) {
		await end('SIGKILL');
		throw error;
	}
	return { exited, end };
}

/** The server itself: signals to the package's Node wrapper would leave it running. */
const serverBinary = (): string =>
	createRequire(import.meta.url).resolve(
		`@restatedev/restate-server-${platform()}-${arch()}/bin/restate-server`
	);

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
