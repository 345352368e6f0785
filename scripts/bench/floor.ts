import { join } from 'node:path';
import { bundleWorker } from '../stack/build.ts';
import { freePorts } from '../stack/ports.ts';
import type { Stack } from '../stack/stack.ts';
import { startWorkerd } from '../stack/workerd.ts';

/** The floor's Worker, which nobody has registered yet. */
export interface Floor {
	port: number;
	url: string;
	stop: () => Promise<void>;
}

/** Starts it on a workerd of its own, as the service is. */
export async function startFloor({ settings }: Stack): Promise<Floor> {
	const outDir = join(settings.dataDir, 'build', 'floor');
	const manifest = await bundleWorker('scripts/bench/floor/wrangler.toml', outDir);
	const { worker: port } = await freePorts();
	const floor = await startWorkerd(settings, 'floor', port, [
		{
			compatibilityDate: '2026-11-01',
			compatibilityFlags: ['nodejs_compat'],
			name: 'floor',
			manifest,
			env: {}
		}
	]);
	return { port, url: `http://localhost:${port}`, stop: () => floor.stop() };
}
