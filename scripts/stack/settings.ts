import { resolve } from 'node:path';
import { rememberedPort } from './remembered-port.ts';

export const SERVICES = ['console', 'ingress', 'admin', 'worker', 'occupancy', 'sandbox'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** Where a local stack keeps its data and on which loopback ports it listens. */
export interface Settings {
	dataDir: string;
	ports: Record<ServiceName, number>;
	urls: Record<ServiceName, string>;
}

const DEFAULT_PORTS: Record<ServiceName, number> = {
	console: 5173,
	ingress: 8080,
	admin: 9070,
	worker: 9080,
	occupancy: 9081,
	sandbox: 9090
};

/** The environment variable that overrides a service's port. */
export const portVariable = (service: ServiceName): string => `NEXUS_PORT_${service.toUpperCase()}`;

/**
 * Reads `NEXUS_DATA` and `NEXUS_PORT_*`, and the port that the data folder remembers.
 *
 * @throws when a port is not one, naming its variable
 */
export function readSettings(
	env: NodeJS.ProcessEnv = process.env,
	defaultDir = '.nexus'
): Settings {
	const dataDir = resolve(env['NEXUS_DATA'] ?? defaultDir);
	const occupancy = rememberedPort(dataDir) ?? DEFAULT_PORTS.occupancy;
	const usual: Settings['ports'] = { ...DEFAULT_PORTS, occupancy };
	return settingsFor(
		dataDir,
		mapServices((service) => askedPort(env, service) ?? usual[service])
	);
}

export const settingsFor = (dataDir: string, ports: Record<ServiceName, number>): Settings => ({
	dataDir: resolve(dataDir),
	ports,
	urls: mapServices((service) => `http://localhost:${ports[service]}`)
});

export const mapServices = <T>(value: (service: ServiceName) => T): Record<ServiceName, T> => ({
	console: value('console'),
	ingress: value('ingress'),
	admin: value('admin'),
	worker: value('worker'),
	occupancy: value('occupancy'),
	sandbox: value('sandbox')
});

/** The port that the environment asks for, if it does. */
export function askedPort(env: NodeJS.ProcessEnv, service: ServiceName): number | undefined {
	const variable = portVariable(service);
	const text = env[variable];
	if (text === undefined || text === '') return undefined;
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Error(`${variable} is "${text}", which is not a port: give a number from 1 to 65535`);
}
