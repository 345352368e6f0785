import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Log, LogLevel, Miniflare } from 'miniflare';
import type { MiniflareOptions } from 'miniflare';
import { listenerOf } from './listener.ts';
import type { Settings } from './settings.ts';

/**
 * Workers on workerd. Each listening Worker has a workerd process of its own, as it would have
 * its own machines in production: a crash or a busy console does not touch the service. They share
 * one D1, which Miniflare's shared storage elects an owner for.
 */
export interface WorkerProcess {
	/** Stops workerd and waits until it has. */
	stop: () => Promise<void>;
	/** SIGKILL, for drills: waits until another workerd has taken its place, on the same port. */
	kill: () => Promise<void>;
}

export type WorkerConfig = MiniflareOptions['workers'][number]['config'];

type Dev = NonNullable<MiniflareOptions['workers'][number]['dev']>;
/** Answers in place of the network what a Worker fetches. */
export type NetworkHandler = Extract<Dev['outboundService'], { type: 'fetcher' }>['handler'];

interface Workerd extends WorkerProcess {
	/** Goes on with other Workers, on the same port. */
	replace: (configs: WorkerConfig[]) => Promise<void>;
}

/** Starts the first of the Workers on a port, with the others beside it. */
export async function startWorkerd(
	{ dataDir }: Settings,
	name: string,
	port: number,
	configs: WorkerConfig[],
	network?: NetworkHandler
): Promise<Workerd> {
	const storage = join(dataDir, 'workers', 'v3');
	const isolated = join(dataDir, 'workers', name);
	const registry = join(dataDir, 'workers', 'registry');
	for (const folder of [storage, isolated, registry]) mkdirSync(folder, { recursive: true });
	let restarted: () => void = () => undefined;
	const options = (workers: WorkerConfig[]): MiniflareOptions => ({
		host: '127.0.0.1',
		port,
		workers: workers.map((config) => ({
			config,
			...(network && { dev: { outboundService: { type: 'fetcher', handler: network } } })
		})),
		resourcePersistencePath: storage,
		isolatedResourcePersistencePath: isolated,
		unsafeEnableSharedStorage: true,
		unsafeDevRegistryPath: registry,
		telemetry: { enabled: false },
		cf: false,
		logRequests: false,
		log: new Log(LogLevel.ERROR),
		// The service's own lines go to D1 by the tail Worker; printing them here would slow it.
		handleStructuredLogs: () => undefined,
		unsafeHandleRuntimeRestart: () => restarted()
	});
	const miniflare = withoutSignalHooks(() => new Miniflare(options(configs)));
	await miniflare.ready;
	return {
		stop: () => miniflare.dispose(),
		kill: () =>
			new Promise((resolve) => {
				restarted = resolve;
				process.kill(listenerOf(port), 'SIGKILL');
			}),
		replace: (workers) => miniflare.setOptions(options(workers))
	};
}

/** Miniflare would end the process on Ctrl-C, before the rest of the stack is stopped in order. */
function withoutSignalHooks<T>(make: () => T): T {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	const before = signals.map((signal) => new Set(process.listeners(signal)));
	const made = make();
	for (const [index, signal] of signals.entries())
		for (const listener of process.listeners(signal))
			if (!before[index]?.has(listener)) process.removeListener(signal, listener);
	return made;
}
