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

/** Free loopback ports for a private stack, chosen by the operating system. */
export async function freePorts(): Promise<Record<ServiceName, number>> {
	const numbers = await distinctPorts(SERVICES.length);
	return mapServices((service) => numbers[SERVICES.indexOf(service)] ?? 0);
}

/** As many free loopback ports, no two the same. */
export async function distinctPorts(count: number): Promise<number[]> {
	const servers = await Promise.all(Array.from({ length: count }, async () => listen(0)));
	const numbers = servers.map(({ port }) => port);
	await Promise.all(servers.map(async ({ close }) => close()));
	return numbers;
}

async function isFree(port: number): Promise<boolean> {
	try {
		const { close } = await listen(port);
		await close();
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
		throw error;
	}
}

function listen(port: number): Promise<{ port: number; close: () => Promise<void> }> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		// No host: a listener on any interface, as restate-server's, makes the port taken.
		server.listen({ port, exclusive: true }, () => {
			const address = server.address();
			const actual = typeof address === 'object' && address ? address.port : port;
			resolve({ port: actual, close: () => new Promise((done) => server.close(() => done())) });
		});
	});
}
