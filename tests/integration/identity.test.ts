import { expect, inject, it } from 'vitest';

const { urls } = inject('settings');

it.each([
	['worker', '/discover'],
	['worker', '/invoke/Ticket/reserve'],
	['worker', '/invoke/Operations/forceRelease'],
	['worker', '/health'],
	['worker', '/'],
	['occupancy', '/discover'],
	['occupancy', '/invoke/Occupancy/watch']
] as const)('the %s Worker refuses an unsigned call of %s', async (worker, path) => {
	const response = await fetch(`${urls[worker]}${path}`, { method: 'POST', body: '"alice"' });
	expect(response.status).toBe(401);
});
