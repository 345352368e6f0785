import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Log, LogLevel, Miniflare } from 'miniflare';
import type { MiniflareOptions } from 'miniflare';
import { bundleWorker } from './build.ts';
import type { Bundle } from './build.ts';
import type { Keys } from './keys.ts';
import { run } from './run.ts';
import type { Settings } from './settings.ts';

/**
 * The stack's Workers on workerd. Each listening Worker has a workerd process of its own, as it
 * would have its own machines in production: a crash or a busy console does not touch the
 * service. They share one D1, which Miniflare's shared storage elects an owner for.
 */
export interface WorkerProcess {
	/** Stops workerd and waits until it has. */
	stop: () => Promise<void>;
}

type WorkerConfig = MiniflareOptions['workers'][number]['config'];

const COMPATIBILITY = { compatibilityDate: '2026-11-01', compatibilityFlags: ['nodejs_compat'] };
const D1 = { type: 'd1', id: 'nexus', name: 'nexus' } as const;

/** Applies the D1 migrations that the data folder does not have yet. */
export async function applyMigrations({ dataDir }: Settings): Promise<void> {
	const persist = join(dataDir, 'workers');
	await run(
		'wrangler',
		['d1', 'migrations', 'apply', 'nexus', '--local', '--persist-to', persist],
		{ WRANGLER_SEND_METRICS: 'false', WRANGLER_LOG_PATH: join(dataDir, 'logs'), CI: 'true' }
	);
}

/** The stand-in for Stripe and Resend. */
export async function startSandbox(settings: Settings): Promise<WorkerProcess> {
	const manifest = await bundle(settings, 'sandbox', 'worker/sandbox/wrangler.toml');
	return start(settings, 'sandbox', settings.ports.sandbox, [
		{
			...COMPATIBILITY,
			name: 'nexus-sandbox',
			manifest,
			env: { LEDGER: { type: 'durable-object', worker: 'nexus-sandbox', exportName: 'Ledger' } },
			exports: { Ledger: { type: 'durable-object', storage: 'sqlite' } }
		}
	]);
}

/** The service Worker, with the tail Worker that its logs go to. */
export async function startService(settings: Settings, keys: Keys): Promise<WorkerProcess> {
	const [service, tail] = await Promise.all([
		bundle(settings, 'service', 'wrangler.toml'),
		bundle(settings, 'log-tail', 'worker/log-tail/wrangler.toml')
	]);
	const vars = {
		NEXUS_MODE: 'local',
		RESTATE_ADMIN_URL: settings.urls.admin,
		RESTATE_IDENTITY_KEYS: keys.identityPublicKey,
		OPERATOR_PUBLIC_KEY: keys.operatorPublicKey,
		STRIPE_WEBHOOK_SECRET: process.env['STRIPE_WEBHOOK_SECRET'] ?? keys.webhookSecret,
		...gatewayVars(settings)
	};
	return start(settings, 'service', settings.ports.worker, [
		{
			...COMPATIBILITY,
			name: 'nexus',
			manifest: service,
			env: { DB: D1, ...textBindings(vars) },
			tailConsumers: [{ worker: 'nexus-log-tail' }]
		},
		{ ...COMPATIBILITY, name: 'nexus-log-tail', manifest: tail, env: { DB: D1 } }
	]);
}

/** The built console. */
export async function startConsole(settings: Settings, keys: Keys): Promise<WorkerProcess> {
	const manifest = await bundle(settings, 'console', 'console/wrangler.toml');
	const vars = {
		NEXUS_MODE: 'local',
		RESTATE_INGRESS_URL: settings.urls.ingress,
		RESTATE_ADMIN_URL: settings.urls.admin,
		OPERATOR_SIGNING_KEY: keys.operatorSigningKey
	};
	return start(settings, 'console', settings.ports.console, [
		{
			...COMPATIBILITY,
			compatibilityFlags: [...COMPATIBILITY.compatibilityFlags, 'enable_request_signal'],
			name: 'nexus-console',
			manifest,
			env: { DB: D1, ASSETS: { type: 'assets' }, ...textBindings(vars) },
			assets: { directory: resolve('.svelte-kit/cloudflare'), hasUserWorker: true }
		}
	]);
}

/** Real gateways when their keys are set, the sandbox otherwise. */
function gatewayVars({ urls }: Settings): Record<string, string> {
	const { STRIPE_API_KEY, RESEND_API_KEY, MAIL_FROM } = process.env;
	return {
		...(STRIPE_API_KEY ? { STRIPE_API_KEY } : { STRIPE_API_URL: urls.sandbox }),
		...(RESEND_API_KEY ? { RESEND_API_KEY } : { RESEND_API_URL: urls.sandbox }),
		...(MAIL_FROM ? { MAIL_FROM } : {})
	};
}

const textBindings = (vars: Record<string, string>) =>
	Object.fromEntries(
		Object.entries(vars).map(([name, value]) => [name, { type: 'text' as const, value }])
	);

const bundle = ({ dataDir }: Settings, name: string, config: string): Promise<Bundle> =>
	bundleWorker(config, join(dataDir, 'build', name));

async function start(
	{ dataDir }: Settings,
	name: string,
	port: number,
	configs: WorkerConfig[]
): Promise<WorkerProcess> {
	const storage = join(dataDir, 'workers', 'v3');
	const isolated = join(dataDir, 'workers', name);
	const registry = join(dataDir, 'workers', 'registry');
	for (const folder of [storage, isolated, registry]) mkdirSync(folder, { recursive: true });
	const miniflare = new Miniflare({
		host: '127.0.0.1',
		port,
		workers: configs.map((config) => ({ config })),
		resourcePersistencePath: storage,
		isolatedResourcePersistencePath: isolated,
		unsafeEnableSharedStorage: true,
		unsafeDevRegistryPath: registry,
		telemetry: { enabled: false },
		cf: false,
		logRequests: false,
		log: new Log(LogLevel.ERROR),
		// The service's own lines go to D1 by the tail Worker; printing them here would slow it.
		handleStructuredLogs: () => undefined
	});
	await miniflare.ready;
	return { stop: () => miniflare.dispose() };
}
