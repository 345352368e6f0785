import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { keptBuild } from './kept-build.ts';
import { run } from './run.ts';

/** A bundled Worker, as workerd loads it. */
export interface Bundle {
	mainModule: string;
	modulesRoot: string;
	modules: Record<string, { type: 'esm' | 'wasm'; contents: string | Uint8Array<ArrayBuffer> }>;
}

/** Builds the console; wrangler then bundles what the adapter wrote. */
export async function buildConsole(): Promise<void> {
	// Whoever builds may run under another: vitest's would make it a development build.
	await run('vite', ['build', '--logLevel', 'error'], { NODE_ENV: 'production' });
}

/** All that a Worker of ours is made from, beside its config; the console from what Vite made. */
const SOURCES = ['worker', 'shared', 'tsconfig.json', 'package-lock.json'];
const CONSOLE_SOURCES = [
	'.svelte-kit/cloudflare',
	'.svelte-kit/output/server',
	'package-lock.json'
];

/** One of our own Workers, bundled as `bundleWorker` does, or as it did when nothing has changed. */
export async function ownBundle(name: string, config: string): Promise<Bundle> {
	const sources = [config, ...(name === 'console' ? CONSOLE_SOURCES : SOURCES)];
	return readBundle(await keptBuild(name, sources, (folder) => wrangle(config, folder)));
}

/** Bundles a Worker with wrangler, exactly as a deploy would. */
export async function bundleWorker(config: string, outDir: string): Promise<Bundle> {
	await wrangle(config, outDir);
	return readBundle(outDir);
}

async function wrangle(config: string, outDir: string): Promise<void> {
	await run('wrangler', ['deploy', '--dry-run', '--config', config, '--outdir', outDir], {
		WRANGLER_SEND_METRICS: 'false',
		WRANGLER_LOG_PATH: join(outDir, 'wrangler.log')
	});
}

function readBundle(outDir: string): Bundle {
	const files = readdirSync(outDir).filter((file) => ['.js', '.wasm'].includes(extname(file)));
	const mainModule = files.find((file) => file === 'index.js' || file === '_worker.js');
	if (!mainModule) throw new Error(`wrangler wrote no main module to ${outDir}`);
	return {
		mainModule,
		modulesRoot: outDir,
		modules: Object.fromEntries(files.map((file) => [file, readModule(join(outDir, file))]))
	};
}

const readModule = (file: string): Bundle['modules'][string] =>
	extname(file) === '.wasm'
		? { type: 'wasm', contents: new Uint8Array(readFileSync(file)) }
		: { type: 'esm', contents: readFileSync(file, 'utf8') };
