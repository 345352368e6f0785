import type { TestProject } from 'vitest/node';
import { startPrivateStack } from '../../scripts/stack/private-stack.ts';
import './provided.ts';

/** Brings up Restate, the service and the sandbox once for all integration tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const { settings, keys, stop } = await startPrivateStack({});
	project.provide('settings', settings);
	project.provide('operatorSigningKey', keys.operatorSigningKey);
	return stop;
}
