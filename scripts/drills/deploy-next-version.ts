import type { Bundle } from '../stack/build.ts';
import { freePorts } from '../stack/ports.ts';
import { registerDeployment } from '../stack/restate.ts';
import { settingsFor } from '../stack/settings.ts';
import { startService } from '../stack/workers.ts';
import type { WorkerProcess } from '../stack/workerd.ts';
import type { Site } from './site.ts';

/** A version of the service, and the port that it listens on. */
export interface Deployed {
	process: WorkerProcess;
	port: number;
}

/** Registers the next version beside the old one, which goes on serving what it began. */
export async function deployNextVersion(
	{ stack: { settings, keys }, cleanUp, vars }: Site,
	bundle: Bundle
): Promise<Deployed> {
	const { worker } = await freePorts();
	const { dataDir, ports, urls } = settings;
	const own = settingsFor(dataDir, { ...ports, worker });
	const service = await startService(own, keys, { bundle, vars, version: 'next' });
	cleanUp.push(() => service.stop());
	await registerDeployment(urls.admin, own.urls.worker);
	return { process: service, port: worker };
}
