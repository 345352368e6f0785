import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishDemo } from '../../scripts/stack/demo.ts';
import { freePorts } from '../../scripts/stack/ports.ts';
import { settingsFor } from '../../scripts/stack/settings.ts';
import type { Settings } from '../../scripts/stack/settings.ts';
import { startStack } from '../../scripts/stack/stack.ts';
import type { Stack, StackOptions } from '../../scripts/stack/stack.ts';

/** A stack of the tests' own: free ports, a data folder that goes when it stops. */
export async function startPrivateStack(options: StackOptions): Promise<Stack> {
	const settings: Settings = settingsFor(mkdtempSync(join(tmpdir(), 'nexus-')), await freePorts());
	const forget = () => rmSync(settings.dataDir, { recursive: true, force: true });
	try {
		const stack = await startStack(settings, options);
		await publishDemo(stack);
		return {
			...stack,
			stop: async () => {
				await stack.stop();
				forget();
			}
		};
	} catch (error) {
		forget();
		throw error;
	}
}
