import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownBundle } from './build.ts';
import type { Bundle } from './build.ts';
import type { Keys } from './keys.ts';
import type { Settings } from './settings.ts';
import { startWorkerd } from './workerd.ts';
import type { NetworkHandler, WorkerProcess } from './workerd.ts';

/** The stack's Workers: which code each runs, with which bindings, on which port. */

const COMPATIBILITY = { compatibilityDate: '2026-11-01', compatibilityFlags: ['nodejs_compat'] };
const D1 = { type: 'd1', id: 'nexus', name: 'nexus' } as const;

/** The stand-in for Stripe and Resend. */
export async function startSandbox(settings: Settings): Promise<WorkerProcess> {
	const manifest = await bundle('sandbox', 'worker/sandbox/wrangler.toml');
	return startWorkerd(settings, 'sandbox', settings.ports.sandbox, [
		{
			...COMPATIBILITY,
			name: 'nexus-sandbox',
			manifest,
			env: { LEDGER: { type: 'durable-object', worker: 'nexus-sandbox', exportName: 'Ledger' } },
			exports: { Ledger: { type: 'durable-object', storage: 'sqlite' } }
		}
	]);
}

/** What a service Worker is started with beyond what every stack gives it. */
export interface ServiceOptions {
	/** Its code; the working tree's own by default. */
	bundle?: Bundle | undefined;
	/** Variables beside, or in place of, the usual ones. */
	vars?: Record<string, string> | undefined;
	/** Names a second service Worker, so that it can run beside the first. */
	version?: string | undefined;
}

export interface ServiceProcess extends WorkerProcess {
	/** Replaces the Worker's code on the same port: with other code, or with what it began with. */
	redeploy: (bundle?: Bundle) => Promise<void>;
}

/** The service Worker, with the tail Worker that its logs go to. */
export async function startService(
	settings: Settings,
	keys: Keys,
	{ bundle: given, vars, version }: ServiceOptions = {}
): Promise<ServiceProcess> {
	const suffix = version === undefined ? '' : `-${version}`;
	return startHandlers(settings, {
		worker: `nexus${suffix}`,
		process: `service${suffix}`,
		tail: `nexus-log-tail${suffix}`,
		port: settings.ports.worker,
		own: given ?? bundle('service', 'wrangler.toml'),
		vars: {
			...restateVars(settings, keys),
			OPERATOR_PUBLIC_KEY: keys.operatorPublicKey,
			...gatewayVars(settings, keys),
			...(process.env['NEXUS_HOLD_MS'] ? { NEXUS_HOLD_MS: process.env['NEXUS_HOLD_MS'] } : {}),
			...vars
		}
	});
}

/** The occupancy Worker: what looks at the seats, apart from what sells them. */
export const startOccupancy = (settings: Settings, keys: Keys): Promise<ServiceProcess> =>
	startHandlers(settings, {
		worker: 'nexus-occupancy',
		process: 'occupancy',
		tail: 'nexus-log-tail-occupancy',
		port: settings.ports.occupancy,
		own: bundle('occupancy', 'worker/occupancy/wrangler.toml'),
		vars: restateVars(settings, keys),
		collectOften: true
	});

interface Handlers {
	/** The names of the Worker, of its process and of its tail. */
	worker: string;
	process: string;
	tail: string;
	port: number;
	own: Bundle | Promise<Bundle>;
	vars: Record<string, string>;
	/** As for a workerd; the service, which is asked a hundred times as often, collects by itself. */
	collectOften?: boolean;
}

/** A Worker that Restate calls, with a tail Worker that its logs go to. */
async function startHandlers(
	settings: Settings,
	{ worker, process: name, tail, port, own: bundling, vars, collectOften }: Handlers
): Promise<ServiceProcess> {
	const [own, tailBundle] = await Promise.all([
		bundling,
		bundle('log-tail', 'worker/log-tail/wrangler.toml')
	]);
	const configs = (manifest: Bundle) => [
		{
			...COMPATIBILITY,
			name: worker,
			manifest,
			env: { DB: D1, ...textBindings(vars) },
			tailConsumers: [{ worker: tail }]
		},
		{ ...COMPATIBILITY, name: tail, manifest: tailBundle, env: { DB: D1 } }
	];
	const workerd = await startWorkerd(settings, name, port, configs(own), { collectOften });
	return { ...workerd, redeploy: (next = own) => workerd.replace(configs(next)) };
}

/** What a console is started with beyond what every stack gives it. */
export interface ConsoleOptions {
	/** Names a second console, so that it can run beside the first. */
	name: string;
	port: number;
	/** In place of those that make it a local one. */
	vars: Record<string, string>;
	/** Answers what the Worker asks of the network; the network itself by default. */
	network?: NetworkHandler | undefined;
}

const restateVars = ({ urls }: Settings, keys: Keys): Record<string, string> => ({
	RESTATE_ADMIN_URL: urls.admin,
	RESTATE_IDENTITY_KEYS: keys.identityPublicKey
});

/** The built console; from a copy of its assets, as the next build begins by deleting them. */
export async function startConsole(
	settings: Settings,
	keys: Pick<Keys, 'operatorSigningKey'>,
	{ name, port, vars, network }: ConsoleOptions = localConsole(settings)
): Promise<WorkerProcess> {
	const manifest = await bundle('console', 'console/wrangler.toml');
	const assets = join(settings.dataDir, 'build', `${name}-assets`);
	rmSync(assets, { recursive: true, force: true });
	cpSync('.svelte-kit/cloudflare', assets, { recursive: true });
	const bindings = textBindings({
		RESTATE_INGRESS_URL: settings.urls.ingress,
		RESTATE_ADMIN_URL: settings.urls.admin,
		OPERATOR_SIGNING_KEY: keys.operatorSigningKey,
		...vars
	});
	const config = {
		...COMPATIBILITY,
		compatibilityFlags: [...COMPATIBILITY.compatibilityFlags, 'enable_request_signal'],
		name: `nexus-${name}`,
		manifest,
		env: { DB: D1, ASSETS: { type: 'assets' as const }, ...bindings },
		assets: { directory: assets, hasUserWorker: true }
	};
	return startWorkerd(settings, name, port, [config], { network, collectOften: true });
}

/** The console as everyone but a test has it. */
export const localConsole = ({ ports }: Settings): ConsoleOptions => ({
	name: 'console',
	port: ports.console,
	vars: {
		NEXUS_MODE: 'local',
		...(process.env['NEXUS_READ_ONLY'] ? { NEXUS_READ_ONLY: process.env['NEXUS_READ_ONLY'] } : {})
	}
});

/** Real gateways when their keys are set, the sandbox otherwise. */
function gatewayVars({ urls }: Settings, keys: Keys): Record<string, string> {
	const { STRIPE_API_KEY, STRIPE_WEBHOOK_SECRET, RESEND_API_KEY, MAIL_FROM } = process.env;
	return {
		STRIPE_WEBHOOK_SECRET: STRIPE_WEBHOOK_SECRET || keys.webhookSecret,
		...(STRIPE_API_KEY ? { STRIPE_API_KEY } : { STRIPE_API_URL: urls.sandbox }),
		...(RESEND_API_KEY ? { RESEND_API_KEY } : { RESEND_API_URL: urls.sandbox }),
		...(MAIL_FROM ? { MAIL_FROM } : {})
	};
}

const textBindings = (vars: Record<string, string>) =>
	Object.fromEntries(
		Object.entries(vars).map(([name, value]) => [name, { type: 'text' as const, value }])
	);

/** Two Workers of a stack may ask for the same at once, and a process may start several stacks. */
const bundles = new Map<string, Promise<Bundle>>();

function bundle(name: string, config: string): Promise<Bundle> {
	const known = bundles.get(config);
	if (known) return known;
	const building = ownBundle(name, config);
	bundles.set(config, building);
	return building;
}
