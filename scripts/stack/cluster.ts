import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { z } from 'zod';
import { messageOf } from '../cli.ts';
import { queryRestate } from '../restate-sql.ts';
import { until } from '../until.ts';
import { startBalancer } from './balancer.ts';
import type { Balancer } from './balancer.ts';
import type { Keys } from './keys.ts';
import { distinctPorts } from './ports.ts';
import { startNode } from './restate-node.ts';
import type { RestateServer } from './restate-node.ts';
import { commonConfig, untilHealthy } from './restate.ts';
import { run } from './run.ts';
import type { Settings } from './settings.ts';

/**
 * Restate on three nodes of this machine: every entry of its log is on two of them, so that any one
 * may be lost. Balancers give it the addresses that a single server has, and partition snapshots,
 * without which a node that fell behind a trimmed log could not catch up, go to an S3 of its own.
 */
export interface Cluster extends RestateServer {
	nodes: readonly ClusterNode[];
}

export interface ClusterNode extends RestateServer {
	name: string;
	/** A port that its process alone listens on. */
	port: number;
}

const NODES = 3;
const REPLICATION = 2;
const BUCKET = 'restate-snapshots';
/** Each partition's snapshot is taken after this many of its records, so that short runs have them too. */
const SNAPSHOT_RECORDS = 200;

const NodePorts = z.object({ fabric: z.int(), ingress: z.int(), admin: z.int() });
const Ports = z.object({ store: z.int(), nodes: z.array(NodePorts).length(NODES) });
type Ports = z.infer<typeof Ports>;
type NodePorts = z.infer<typeof NodePorts>;

/** Starts the cluster, provisions it when it is new, and waits until it serves. */
export async function startCluster(settings: Settings, keys: Keys): Promise<Cluster> {
	const ports = await loadPorts(settings.dataDir);
	const store = await startSnapshotStore(settings, ports.store);
	const running: (() => Promise<unknown>)[] = [store.close];
	const stop = async () => {
		for (const halt of running.splice(0).reverse()) await halt();
	};
	try {
		const starting = ports.nodes.map((own, index) =>
			startNode({
				name: nameOf(index),
				dataDir: settings.dataDir,
				config: { ...commonConfig(keys), ...nodeConfig(settings, ports, index) },
				ready: () => untilHealthy(urlsOf(own))
			})
		);
		// Nodes of a new cluster are well only once it is provisioned.
		const [provisioned, ...started] = await Promise.allSettled([provision(ports), ...starting]);
		for (const node of started)
			if (node.status === 'fulfilled') running.push(() => node.value.stop());
		if (provisioned.status === 'rejected') throw provisioned.reason;
		const servers = await Promise.all(starting);
		const nodes = servers.map((server, index) => named(server, index, ports));
		for (const balancer of await balance(settings, ports)) running.push(balancer.close);
		await untilHealthy(settings.urls);
		await untilLed(settings);
		const all = (act: (node: ClusterNode) => Promise<void>) => Promise.all(nodes.map(act));
		return {
			nodes,
			get exited() {
				return Promise.race(nodes.map(({ exited }) => exited));
			},
			stop,
			kill: async () => {
				await all((node) => node.kill());
			},
			restart: async () => {
				await all((node) => node.restart());
			}
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

const nameOf = (index: number): string => `node-${index + 1}`;

/** A view, not a copy: `exited` is of the process that runs now. */
const named = (server: RestateServer, index: number, ports: Ports): ClusterNode => ({
	name: nameOf(index),
	port: ports.nodes[index]?.ingress ?? 0,
	get exited() {
		return server.exited;
	},
	stop: server.stop,
	kill: server.kill,
	restart: server.restart
});

const urlsOf = ({ ingress, admin }: NodePorts) => ({
	ingress: `http://127.0.0.1:${ingress}`,
	admin: `http://127.0.0.1:${admin}`
});

const addressOf = ({ fabric }: NodePorts): string => `http://127.0.0.1:${fabric}`;

function nodeConfig(
	{ dataDir }: Settings,
	{ nodes, store }: Ports,
	index: number
): Record<string, string> {
	const own = nodes[index];
	if (!own) throw new RangeError(`no node ${index}`);
	return {
		RESTATE_BASE_DIR: join(dataDir, 'restate-cluster', nameOf(index)),
		RESTATE_CLUSTER_NAME: 'nexus-cluster',
		RESTATE_NODE_NAME: nameOf(index),
		RESTATE_AUTO_PROVISION: 'false',
		RESTATE_DEFAULT_REPLICATION: String(REPLICATION),
		RESTATE_METADATA_CLIENT__ADDRESSES: JSON.stringify(nodes.map(addressOf)),
		RESTATE_BIND_PORT: String(own.fabric),
		RESTATE_ADVERTISED_ADDRESS: addressOf(own),
		RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${own.ingress}`,
		RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${own.admin}`,
		RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: '256 MiB',
		RESTATE_WORKER__SNAPSHOTS__DESTINATION: `s3://${BUCKET}/snapshots`,
		RESTATE_WORKER__SNAPSHOTS__SNAPSHOT_INTERVAL_NUM_RECORDS: String(SNAPSHOT_RECORDS),
		RESTATE_WORKER__SNAPSHOTS__AWS_REGION: 'local',
		RESTATE_WORKER__SNAPSHOTS__AWS_ENDPOINT_URL: `http://127.0.0.1:${store}`,
		RESTATE_WORKER__SNAPSHOTS__AWS_ALLOW_HTTP: 'true',
		RESTATE_WORKER__SNAPSHOTS__AWS_ACCESS_KEY_ID: 'S3RVER',
		RESTATE_WORKER__SNAPSHOTS__AWS_SECRET_ACCESS_KEY: 'S3RVER'
	};
}

/** Has the nodes form a cluster, once; those that have already say so. */
async function provision({ nodes }: Ports): Promise<void> {
	const [first] = nodes;
	if (!first) throw new RangeError('a cluster needs nodes');
	const args = ['provision', '--yes', '--address', addressOf(first)];
	const terms = ['--replication', String(REPLICATION), '--log-provider', 'replicated'];
	await until('the cluster to be provisioned', async () => {
		try {
			await run('restatectl', [...args, ...terms]);
			return true;
		} catch (error) {
			if (/already.*provisioned/i.test(messageOf(error))) return true;
			throw error;
		}
	});
}

/** Nodes are well before every partition of a new cluster has a leader that can be asked. */
async function untilLed({ urls }: Settings): Promise<void> {
	await until('every partition to have a leader', async () => {
		await queryRestate(urls.admin, 'SELECT count(*) AS n FROM state', z.object({ n: z.int() }));
		return true;
	});
}

const snapshotsOf = ({ dataDir }: Settings): string =>
	join(dataDir, 'restate-cluster', 'snapshots');

/** How many partitions have a snapshot in the cluster's store. */
export function partitionsWithSnapshot(settings: Settings): number {
	const files = readdirSync(snapshotsOf(settings), { recursive: true, encoding: 'utf8' });
	const partitions = files.map((file) => /\/(\d+)\/latest\.json/.exec(file)?.[1]);
	return new Set(partitions.filter((id) => id !== undefined)).size;
}

async function startSnapshotStore(
	settings: Settings,
	port: number
): Promise<{ close: () => Promise<void> }> {
	const directory = snapshotsOf(settings);
	mkdirSync(directory, { recursive: true });
	const store = new S3rver({
		address: '127.0.0.1',
		port,
		directory,
		silent: true,
		configureBuckets: [{ name: BUCKET, configs: [] }]
	});
	await store.run();
	return { close: () => store.close() };
}

const balance = ({ ports }: Settings, { nodes }: Ports): Promise<Balancer[]> =>
	Promise.all([
		startBalancer(
			ports.ingress,
			nodes.map((node) => ({
				port: node.ingress,
				healthUrl: `${urlsOf(node).ingress}/restate/health`
			}))
		),
		startBalancer(
			ports.admin,
			nodes.map((node) => ({ port: node.admin, healthUrl: `${urlsOf(node).admin}/health` }))
		)
	]);

/** Nodes know each other by address, so a cluster keeps the ports that it began with. */
async function loadPorts(dataDir: string): Promise<Ports> {
	const file = join(dataDir, 'restate-cluster', 'ports.json');
	try {
		return Ports.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
	}
	const free = await distinctPorts(1 + 3 * NODES);
	const next = () => free.pop() ?? 0;
	const nodes = Array.from({ length: NODES }, () => ({
		fabric: next(),
		ingress: next(),
		admin: next()
	}));
	const ports = { store: next(), nodes };
	mkdirSync(join(dataDir, 'restate-cluster'), { recursive: true });
	writeFileSync(file, JSON.stringify(ports, undefined, '\t'));
	return ports;
}
