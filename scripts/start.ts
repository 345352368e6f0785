import { assertPortsFree } from './stack/ports.ts';
import { readSettings } from './stack/settings.ts';
import type { Settings } from './stack/settings.ts';
import { startStack } from './stack/stack.ts';
import type { Stack } from './stack/stack.ts';
import { publishDemo } from './stack/demo.ts';

/** `npm start`: the whole of Nexus on this machine, until Ctrl-C. */
async function main(): Promise<void> {
	const settings = readSettings();
	await assertPortsFree(settings);
	const interrupted = new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
	});
	const say = (text: string) => console.log(`nexus: ${text}`);
	const starting = startStack(settings, { console: 'build', onStep: say });
	// Ctrl-C while starting: let the step under way end, then stop what it brought up.
	const first = await Promise.race([starting, interrupted]);
	const stack = await starting;
	if (first) {
		await greet(stack, settings, say);
		await Promise.race([
			interrupted,
			stack.restate.exited.then((code) => {
				throw new Error(`restate-server ended with code ${code ?? 'none'}`);
			})
		]).finally(() => halt(stack, say));
	} else await halt(stack, say);
}

async function greet(stack: Stack, { urls, dataDir }: Settings, say: (text: string) => void) {
	const demo = await publishDemo(stack);
	say(`data       ${dataDir}`);
	say(`ingress    ${urls.ingress}`);
	say(`admin      ${urls.admin}`);
	say(`worker     ${urls.worker}`);
	say(`sandbox    ${urls.sandbox}`);
	say(`demo event ${urls.console}/events/${demo}`);
	console.log(`ready ${urls.console}`);
}

async function halt(stack: Stack, say: (text: string) => void): Promise<void> {
	say('stopping');
	await stack.stop();
	say('stopped; the next start resumes here');
}

try {
	await main();
	process.exit(0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
