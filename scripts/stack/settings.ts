import { resolve } from 'node:path';

export const SERVICES = ['console', 'ingress', 'admin', 'worker', 'sandbox'] as const;
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
	sandbox: 9090
};

/** The environment variable that overrides a service's port. */
export const portVariable = (service: ServiceName): string => `NEXUS_PORT_${service.toUpperCase()}`;

/** Reads `NEXUS_DATA` and `NEXUS_PORT_*`. @throws when a port is not one, naming its variable */
export function readSettings(
	env: NodeJS.ProcessEnv = process.env,
	defaultDir = '.nexus'
): Settings {
	const ports = mapServices((service) => readPort(env, service));
	return settingsFor(env['NEXUS_DATA'] ?? defaultDir, ports);
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
	sandbox: value('sandbox')
});

function readPort(env: NodeJS.ProcessEnv, service: ServiceName): number {
	const variable = portVariable(service);
	const text = env[variable];
	if (text === undefined || text === '') return DEFAULT_PORTS[service];
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new Error(`${variable} is "${text}", which is not a port: give a number from 1 to 65535`);
}
