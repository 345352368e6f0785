import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import { readSeat } from '$lib/server/seat-page.ts';
import type { RequestHandler } from './$types';

/** The seat's data, for its page to renew itself. */
export const GET: RequestHandler = ({ locals, params, platform }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readSeat(ports(platform), params.key), {
			headers: { 'cache-control': 'no-store' }
		})
	);
