import { expect, inject, it } from 'vitest';
import { heldMB } from '../support/memory.ts';
import '../support/provided.ts';

/** Calls without a signature: they take the way that Miniflare put before the Worker, and little more. */
async function ask(times: number): Promise<void> {
	for (let asked = 0; asked < times; asked++) {
		const response = await fetch(`${inject('settings').urls.occupancy}/invoke/Occupancy/refresh`);
		expect(response.status).toBe(401);
		await response.arrayBuffer();
	}
}

it('the occupancy Worker’s process does not keep what calls leave', async ({ skip }) => {
	const { occupancy } = inject('settings').ports;
	await ask(500);
	const before = heldMB(occupancy);
	if (before === undefined) return skip('no /proc to read the memory of a process from');
	await ask(3_000);
	// They left 80 MB where V8 was left to collect when it likes, and 22 now.
	expect((heldMB(occupancy) ?? Infinity) - before).toBeLessThan(45);
});
