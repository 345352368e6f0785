import { expect, inject, it } from 'vitest';

const { urls } = inject('settings');

it.each(['/discover', '/invoke/Ticket/reserve', '/invoke/Operations/forceRelease', '/health', '/'])(
	'the service Worker refuses an unsigned call of %s',
	async (path) => {
		const response = await fetch(`${urls.worker}${path}`, { method: 'POST', body: '"alice"' });
		expect(response.status).toBe(401);
	}
);
