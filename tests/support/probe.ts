import { join } from 'node:path';
import { bundleWorker } from '../../scripts/stack/build.ts';
import type { Keys } from '../../scripts/stack/keys.ts';
import { freePorts } from '../../scripts/stack/ports.ts';
import { registerDeployment } from '../../scripts/stack/restate.ts';
import { settingsFor } from '../../scripts/stack/settings.ts';
import type { Settings } from '../../scripts/stack/settings.ts';
import { startService } from '../../scripts/stack/workers.ts';

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
