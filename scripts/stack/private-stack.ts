import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishDemo } from './demo.ts';
import { freePorts } from './ports.ts';
import { settingsFor } from './settings.ts';
import type { Settings } from './settings.ts';
import { startStack } from './stack.ts';
import type { Stack, StackOptions } from './stack.ts';

/**
 * A stack of one's own: free ports, the demo event, a data folder that goes when it stops.
 *
 * @param beforeEvent what is done to the stack while nothing has happened on it yet
 */
export async function startPrivateStack(
	options: StackOptions,
	beforeEvent: (stack: Stack) => void = () => undefined
): Promise<Stack> {
	const settings: Settings = settingsFor(mkdtempSync(join(tmpdir(), 'nexus-')), await freePorts());
	const forget = () => rmSync(settings.dataDir, { recursive: true, force: true });
	let stack: Stack | undefined;
	const stop = async () => {
		await stack?.stop();
		forget();
	};
	try {
		stack = await startStack(settings, options);
		beforeEvent(stack);
		await publishDemo(stack);
		return { ...stack, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
