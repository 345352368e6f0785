import type { TestProject } from 'vitest/node';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import './provided.ts';

/** Brings up the whole stack, built console included, once for all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const { settings, keys, stop } = await startPrivateStack({ console: 'build' });
	project.provide('settings', settings);
	project.provide('operatorSigningKey', keys.operatorSigningKey);
	return stop;
}
