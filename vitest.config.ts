import { svelte } from '@sveltejs/vite-plugin-svelte';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

const alias = { $shared: resolve('shared'), $lib: resolve('console/lib') };

/** Real servers and a real browser need their time; nothing waits that long when all is well. */
const patient = {
	testTimeout: 120_000,
	hookTimeout: 180_000,
	fileParallelism: false,
	expect: { poll: { timeout: 30_000, interval: 50 } }
};

/** Files share a stack: in the same order everywhere, what one leaves to the next fails everywhere. */
class ByName extends BaseSequencer {
	override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		return Promise.resolve(files.toSorted((a, b) => (a.moduleId < b.moduleId ? -1 : 1)));
	}
}

export default defineConfig({
	test: {
		sequence: { sequencer: ByName },
		projects: [
			{
				plugins: [svelte()],
				resolve: { alias, conditions: ['browser'] },
				test: {
					name: 'unit',
					include: ['{shared,worker,console,scripts}/**/*.test.ts'],
					testTimeout: 30_000
				}
			},
			{
				resolve: { alias },
				test: {
					name: 'integration',
					include: ['tests/integration/**/*.test.ts'],
					globalSetup: 'tests/support/service-stack.ts',
					...patient
				}
			},
			{
				resolve: { alias },
				test: {
					name: 'drills',
					include: ['tests/drills/**/*.test.ts'],
					...patient,
					testTimeout: 300_000
				}
			},
			{
				resolve: { alias },
				test: {
					name: 'e2e',
					include: ['tests/e2e/**/*.test.ts'],
					globalSetup: 'tests/support/console-stack.ts',
					...patient
				}
			}
		]
	}
});
