import { publishDemo } from './stack/demo.ts';
import { assertPortsFree, settlePorts } from './stack/ports.ts';
import { readSettings } from './stack/settings.ts';
import type { Settings } from './stack/settings.ts';
import { startStack } from './stack/stack.ts';
import type { Stack } from './stack/stack.ts';

/**
 * `npm start`: the whole of Nexus on this machine, until Ctrl-C. `npm run cluster`: the same on three
 * nodes of Restate, with data of its own, since one server's cannot become a cluster's.
 */
async function main(cluster: boolean): Promise<void> {
	const settings = await settlePorts(
		readSettings(process.env, cluster ? '.nexus/cluster' : '.nexus')
	);
	await assertPortsFree(settings);
	const interrupted = new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
	});
	const say = (text: string) => console.log(`nexus: ${text}`);
	const starting = startStack(settings, { console: 'build', cluster, onStep: say });
	// Ctrl-C while starting: let the step under way end, then stop what it brought up.
	const first = await Promise.race([starting, interrupted]);
	const stack = await starting;
	if (first) {
		await greet(stack, settings, say);
		await Promise.race([interrupted, endOf(stack)]).finally(() => halt(stack, say));
	} else await halt(stack, say);
}

/** A cluster goes on without one of its nodes; a server that ends is the end. */
async function endOf({ restate, nodes }: Stack): Promise<never> {
	if (nodes.length > 0) return new Promise(() => undefined);
	throw new Error(`restate-server ended with code ${(await restate.exited) ?? 'none'}`);
}

async function greet(stack: Stack, { urls, dataDir }: Settings, say: (text: string) => void) {
	const demo = await publishDemo(stack);
	say(`data       ${dataDir}`);
	say(`ingress    ${urls.ingress}`);
	say(`admin      ${urls.admin}`);
	say(`worker     ${urls.worker}`);
	say(`occupancy  ${urls.occupancy}`);
	say(`sandbox    ${urls.sandbox}`);
	for (const { name, port } of stack.nodes) say(`${name.padEnd(10)} http://localhost:${port}`);
	say(`demo event ${urls.console}/events/${demo}`);
	console.log(`ready ${urls.console}`);
}

async function halt(stack: Stack, say: (text: string) => void): Promise<void> {
	say('stopping');
	await stack.stop();
	say('stopped; the next start resumes here');
}

try {
	await main(process.argv.includes('--cluster'));
	process.exit(0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
