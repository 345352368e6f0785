import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { rememberedPort, rememberPort } from './remembered-port.ts';
import { askedPort, mapServices, portVariable, SERVICES, settingsFor } from './settings.ts';
import type { ServiceName, Settings } from './settings.ts';

/**
 * The settings of a stack that is about to start. The occupancy Worker's port is one that nobody
 * outside has to know: unless it was asked for, or the data folder knows it, a stack beside another
 * takes a free one in place of the usual, and keeps to it from then on.
 */
export async function settlePorts(
	settings: Settings,
	env: NodeJS.ProcessEnv = process.env
): Promise<Settings> {
	const { dataDir, ports } = settings;
	if (askedPort(env, 'occupancy') !== undefined) return settings;
	if (rememberedPort(dataDir) !== undefined) return settings;
	const [other = 0] = await distinctPorts(1);
	const occupancy = (await isFree(ports.occupancy)) ? ports.occupancy : other;
	rememberPort(dataDir, occupancy);
	return settingsFor(dataDir, { ...ports, occupancy });
}

/**
 * Makes sure that every port of the stack is free.
 *
 * @throws an error that names each taken port and the variable that moves it
 */
export async function assertPortsFree({ ports }: Settings): Promise<void> {
	const free = await Promise.all(SERVICES.map(async (service) => isFree(ports[service])));
	const taken = SERVICES.filter((_, index) => !free[index]);
	if (taken.length === 0) return;
	const lines = taken.map(
		(service) =>
			`port ${ports[service]} (${service}) is taken: stop what listens there, ` +
			`or choose another with ${portVariable(service)}=<port>`
	);
	throw new Error(lines.join('\n'));
}

/** Free ports for a private stack. */
export async function freePorts(): Promise<Record<ServiceName, number>> {
	const numbers = await distinctPorts(SERVICES.length);
	return mapServices((service) => numbers[SERVICES.indexOf(service)] ?? 0);
}

/**
 * Where free ports are sought: below what Linux (32768) and macOS (49152) take outgoing connections
 * from, so that no connection gets a port between its choice and its use, or while what listens
 * there is killed and started again.
 */
const FIRST_PORT = 10_240;
const LAST_PORT = 32_767;

/** As many free ports, no two the same. */
export async function distinctPorts(count: number): Promise<number[]> {
	const found = new Set<number>();
	while (found.size < count) {
		const port = randomInt(FIRST_PORT, LAST_PORT + 1);
		if (!found.has(port) && (await isFree(port))) found.add(port);
	}
	return [...found];
}

async function isFree(port: number): Promise<boolean> {
	const server = createServer();
	try {
		// No host: a listener on any interface, as restate-server's, makes the port taken.
		server.listen({ port, exclusive: true });
		await once(server, 'listening');
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
		throw error;
	} finally {
		await new Promise((resolve) => server.close(resolve));
	}
}
