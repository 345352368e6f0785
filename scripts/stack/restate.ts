import { join } from 'node:path';
import { until } from '../until.ts';
import type { Keys } from './keys.ts';
import { startNode } from './restate-node.ts';
import type { RestateServer } from './restate-node.ts';
import type { Settings } from './settings.ts';

/** Starts restate-server on the stack's data folder and waits until it is healthy. */
export const startRestate = (settings: Settings, keys: Keys): Promise<RestateServer> =>
	startNode({
		name: 'restate-server',
		dataDir: settings.dataDir,
		config: {
			...commonConfig(keys),
			RESTATE_BASE_DIR: join(settings.dataDir, 'restate'),
			RESTATE_CLUSTER_NAME: 'nexus-local',
			RESTATE_NODE_NAME: 'nexus-local',
			RESTATE_BIND_PORT: '0',
			RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${settings.ports.ingress}`,
			RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${settings.ports.admin}`,
			RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: '512 MiB'
		},
		ready: () => untilHealthy(settings.urls)
	});

/** What every server of ours is told: to sign its calls, and to listen on this machine alone. */
export const commonConfig = (keys: Keys): Record<string, string> => ({
	RESTATE_DISABLE_TELEMETRY: 'true',
	RESTATE_LISTEN_MODE: 'tcp',
	RESTATE_BIND_IP: '127.0.0.1',
	RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE: keys.identityKeyFile,
	RUST_LOG: process.env['RUST_LOG'] ?? 'warn,restate=info'
});

/** Waits until a server's admin API and its ingress say that they are well. */
export async function untilHealthy(urls: { admin: string; ingress: string }): Promise<void> {
	await until(`restate-server at ${urls.admin} to be healthy`, async () => {
		const answers = await Promise.all([
			fetch(`${urls.admin}/health`),
			fetch(`${urls.ingress}/restate/health`)
		]);
		return answers.every(({ ok }) => ok);
	});
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
