import { join } from 'node:path';
import { z } from 'zod';
import { queryRestate } from '../../scripts/restate-sql.ts';
import { bundleWorker } from '../../scripts/stack/build.ts';
import type { Keys } from '../../scripts/stack/keys.ts';
import { freePorts } from '../../scripts/stack/ports.ts';
import { registerDeployment } from '../../scripts/stack/restate.ts';
import { settingsFor } from '../../scripts/stack/settings.ts';
import type { Settings } from '../../scripts/stack/settings.ts';
import { startService } from '../../scripts/stack/workers.ts';
import { until } from '../../scripts/until.ts';

export interface Probe {
	/** Where its Worker answers. */
	url: string;
	stop: () => Promise<void>;
}

/** Runs and registers a Worker of `tests/support` beside the service. */
export async function startProbe(settings: Settings, keys: Keys, name: string): Promise<Probe> {
	const probe = await runProbe(settings, keys, name);
	await registerDeployment(settings.urls.admin, probe.url);
	return probe;
}

/** Runs such a Worker, and leaves it to others to register it. */
export async function runProbe(settings: Settings, keys: Keys, name: string): Promise<Probe> {
	const { worker } = await freePorts();
	const own = settingsFor(settings.dataDir, { ...settings.ports, worker });
	const folder = join(settings.dataDir, 'build', name);
	const bundle = await bundleWorker(`tests/support/${name}/wrangler.toml`, folder);
	const service = await startService(own, keys, { bundle, version: name });
	return { url: own.urls.worker, stop: () => service.stop() };
}

/**
 * Ends a probe on a stack that others go on with: what it has under way, its services and its
 * Worker. Left registered, it would be a public service that never answers.
 */
export async function withdrawProbe({ urls }: Settings, probe: Probe): Promise<void> {
	const { admin } = urls;
	const deployment = `SELECT id FROM sys_deployment WHERE rtrim(endpoint, '/') = '${probe.url}'`;
	const underWay = `SELECT i.id FROM sys_invocation i
		JOIN sys_service s ON s.name = i.target_service_name
		WHERE i.status <> 'completed' AND s.deployment_id IN (${deployment})`;
	await until('what the probe has under way to end', async () => {
		const left = await queryRestate(admin, underWay, Named);
		for (const { id } of left) await fetch(`${admin}/invocations/${id}/kill`, { method: 'PATCH' });
		return left.length === 0;
	});
	for (const { id } of await queryRestate(admin, deployment, Named)) {
		const gone = await fetch(`${admin}/deployments/${id}?force=true`, { method: 'DELETE' });
		if (!gone.ok) throw new Error(`Restate kept ${probe.url}: ${await gone.text()}`);
	}
	await probe.stop();
}

const Named = z.object({ id: z.string() });
