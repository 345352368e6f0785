import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heldMB } from '../support/memory.ts';
import { startOtherConsole } from '../support/other-console.ts';
import type { OtherConsole } from '../support/other-console.ts';

/**
 * What requests leave in a console's process, in one that nobody else asks. A static file takes the
 * way that Miniflare put before the Worker and little of the Worker itself.
 */

let site: OtherConsole;
beforeAll(async () => {
	site = await startOtherConsole('console-memory', { NEXUS_MODE: 'local' });
});
afterAll(() => site.stop());

async function ask(times: number): Promise<void> {
	for (let asked = 0; asked < times; asked++) {
		const response = await fetch(`${site.url}/favicon.svg`);
		expect(response.status).toBe(200);
		await response.arrayBuffer();
	}
}

describe('the console’s process', () => {
	it('does not keep what requests leave', async ({ skip }) => {
		const port = Number(new URL(site.url).port);
		await ask(500);
		const before = heldMB(port);
		if (before === undefined) return skip('no /proc to read the memory of a process from');
		await ask(1_500);
		// They left 80 MB where V8 was left to collect when it likes, and 10 now.
		expect((heldMB(port) ?? Infinity) - before).toBeLessThan(35);
	});
});
