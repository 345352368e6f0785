import { error, json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readOrderCase } from '$lib/server/order-case.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The order's data, for its page to renew itself. */
export const GET: RequestHandler = ({ locals, params, platform }) =>
	orErrorPage(locals.requestId, async () => {
		const sources = ports(platform);
		const reading = await readOrderCase(sources, locals.actor, params.id);
		if (!reading) error(404, { message: `There is no order "${params.id}"`, code: 'not-found' });
		return json(reading, { headers: { 'cache-control': 'no-store' } });
	});
