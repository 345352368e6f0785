import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from './build.ts';
import { startCluster } from './cluster.ts';
import type { Cluster, ClusterNode } from './cluster.ts';
import { applyMigrations } from './d1.ts';
import { loadKeys } from './keys.ts';
import type { Keys } from './keys.ts';
import { registerAll } from './registration.ts';
import { startRestate } from './restate.ts';
import type { RestateServer } from './restate-node.ts';
import type { Settings } from './settings.ts';
import type { WorkerProcess } from './workerd.ts';
import {
	localConsole,
	startConsole,
	startOccupancy,
	startSandbox,
	startService
} from './workers.ts';
import type { ServiceOptions, ServiceProcess } from './workers.ts';

/** A running local stack. */
export interface Stack {
	settings: Settings;
	keys: Keys;
	/** All of Restate: the one server, or the cluster as a whole. */
	restate: RestateServer;
	/** The members of the cluster; none when it is a single server. */
	nodes: readonly ClusterNode[];
	service: ServiceProcess;
	occupancy: ServiceProcess;
	sandbox: WorkerProcess;
	/** Undefined when it was not asked for. */
	console: WorkerProcess | undefined;
	/** Stops all of it, newest first; data stays. */
	stop: () => Promise<void>;
}

export interface StackOptions {
	/** Whether to serve the console; it is built first when `build` says so. */
	console?: 'build' | 'built' | undefined;
	/** Variables of the console beside, or in place of, the usual ones. */
	consoleVars?: Record<string, string> | undefined;
	service?: ServiceOptions | undefined;
	/** Whether Restate is a cluster of three nodes. */
	cluster?: boolean | undefined;
	/** Told about each step as it begins. */
	onStep?: ((step: string) => void) | undefined;
}

/** Starts restate-server and the Workers, in dependency order, and registers the service. */
export async function startStack(settings: Settings, options: StackOptions = {}): Promise<Stack> {
	const step = options.onStep ?? (() => undefined);
	const running: (() => Promise<void>)[] = [];
	const stop = async () => {
		for (const halt of running.splice(0).reverse()) await halt();
	};
	const started = <T extends Pick<WorkerProcess, 'stop'>>(process: T): T => {
		running.push(() => process.stop());
		return process;
	};
	try {
		const keys = loadKeys(settings.dataDir);
		// Entries of a stack that was killed would name processes that are gone.
		rmSync(join(settings.dataDir, 'workers', 'registry'), { recursive: true, force: true });
		if (options.console === 'build') {
			step('building the console');
			await buildConsole();
		}
		step('starting restate-server');
		// Both end before either failure is looked at, so that a server that came up is stopped again.
		const [server, migrated] = await Promise.allSettled([
			startServers(settings, keys, options).then(started),
			applyMigrations(settings)
		]);
		if (server.status === 'rejected') throw server.reason;
		if (migrated.status === 'rejected') throw migrated.reason;
		const restate = server.value;
		const { nodes } = restate;
		step('starting the Workers');
		const sandbox = started(await startSandbox(settings));
		const [selling, watching] = await Promise.allSettled([
			startService(settings, keys, options.service).then(started),
			startOccupancy(settings, keys).then(started)
		]);
		if (selling.status === 'rejected') throw selling.reason;
		if (watching.status === 'rejected') throw watching.reason;
		await registerAll(settings.urls);
		const local = localConsole(settings);
		const vars = { ...local.vars, ...options.consoleVars };
		const site = options.console
			? started(await startConsole(settings, keys, { ...local, vars }))
			: undefined;
		const workers = { service: selling.value, occupancy: watching.value, sandbox, console: site };
		return { settings, keys, restate, nodes, ...workers, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

async function startServers(
	settings: Settings,
	keys: Keys,
	{ cluster }: StackOptions
): Promise<RestateServer & Pick<Cluster, 'nodes'>> {
	if (cluster) return startCluster(settings, keys);
	return Object.assign(await startRestate(settings, keys), { nodes: [] });
}
