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

/** What sets one workerd apart from the others. */
export interface WorkerdOptions {
	/** Answers what the Workers ask of the network; the network itself by default. */
	network?: NetworkHandler | undefined;
	/** Whether V8 is to collect often rather than seldom; see `COLLECT_OFTEN`. */
	collectOften?: boolean | undefined;
}

/** Starts the first of the Workers on a port, with the others beside it. */
export async function startWorkerd(
	{ dataDir }: Settings,
	name: string,
	port: number,
	configs: WorkerConfig[],
	{ network, collectOften = false }: WorkerdOptions = {}
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
	const starting = <T>(start: () => Promise<T>): Promise<T> =>
		collectOften ? withV8Flags(COLLECT_OFTEN, start) : start();
	const miniflare = withoutSignalHooks(() => new Miniflare(options(configs)));
	await starting(() => miniflare.ready);
	return {
		stop: () => miniflare.dispose(),
		kill: () =>
			starting(
				() =>
					new Promise((resolve) => {
						restarted = resolve;
						process.kill(listenerOf(port), 'SIGKILL');
					})
			),
		replace: (workers) => starting(() => miniflare.setOptions(options(workers)))
	};
}

/**
 * Every collection is a full one, and the first comes after a megabyte. What Miniflare puts around a
 * Worker (its entry, its router of static files, its cache) are isolates that allocate some kilobytes
 * a request, and so collect after thousands; what each request keeps outside their heaps until then is
 * ten times as much. The young generation still grows where much survives, so that a Worker's own
 * isolate, which would pay most for full collections, soon does them seldom again.
 */
const COLLECT_OFTEN = '--gc-global --min-semi-space-size=1';

/**
 * Miniflare knows V8's flags from the environment alone, which it reads as it starts a workerd. Another
 * that starts meanwhile gets them as well, which changes when it collects and nothing else. Flags that
 * whoever started us has set stay.
 */
async function withV8Flags<T>(flags: string, start: () => Promise<T>): Promise<T> {
	if (process.env['MINIFLARE_WORKERD_V8_FLAGS'] !== undefined) return start();
	process.env['MINIFLARE_WORKERD_V8_FLAGS'] = flags;
	try {
		return await start();
	} finally {
		delete process.env['MINIFLARE_WORKERD_V8_FLAGS'];
	}
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
