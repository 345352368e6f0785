import { setTimeout as pause } from 'node:timers/promises';
import { partitionsWithSnapshot } from '../stack/cluster.ts';
import type { ClusterNode } from '../stack/cluster.ts';
import { until } from '../until.ts';
import type { Notebook } from './chaos/notebook.ts';
import { HOLD_MS, sellAmid } from './chaos/sell-amid.ts';
import { standStill } from './chaos/stand-still.ts';
import type { Drill } from './drill.ts';
import { holds } from './evidence.ts';

/** Long enough for the others to elect new leaders, and for the sale to go on a while. */
const BETWEEN_MS = 6_000;
const PARTITION_MS = 8_000;

/**
 * One node after another is killed while its neighbour is being restarted, and then cut off, until
 * the time is up; each at least once.
 */
export const clusterNodeKill: Drill = {
	name: 'cluster-node-kill',
	title:
		'Each of three nodes is killed while another restarts, then cut off, amid a sale (--minutes)',
	expected:
		'every call ends, no seat is lost, and each seat’s history is one a register could have',
	vars: { NEXUS_HOLD_MS: String(HOLD_MS) },
	cluster: true,
	run: (site, options) =>
		sellAmid(
			site,
			options,
			async ({ notebook, over }) => {
				const { nodes } = site.stack;
				for (let round = 0; round < nodes.length || !over(); round++) {
					const node = nodes[round % nodes.length];
					const neighbour = nodes[(round + 1) % nodes.length];
					if (!node || !neighbour) throw new Error('this drill needs a cluster');
					await strike(node, neighbour, notebook);
				}
			},
			async () => {
				const { settings } = site.stack;
				const stored = await until('a snapshot in the store', () =>
					Promise.resolve(partitionsWithSnapshot(settings) || undefined)
				);
				return [holds('state', 'partitions with a snapshot', stored, stored > 0)];
			}
		)
};

async function strike(node: ClusterNode, neighbour: ClusterNode, notebook: Notebook) {
	notebook.count(`fault ${node.name} killed, ${neighbour.name} restarted`);
	await Promise.all([
		neighbour.stop().then(() => neighbour.restart()),
		node.kill().then(() => node.restart())
	]);
	await pause(BETWEEN_MS);
	notebook.count(`fault ${node.name} cut off`);
	await standStill(node.port, PARTITION_MS);
	await pause(BETWEEN_MS);
}
