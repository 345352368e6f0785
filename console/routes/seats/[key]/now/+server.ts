import { error, json } from '@sveltejs/kit';
import { parseSeatKey } from '$shared/seat-key.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import { readSeatNow } from '$lib/server/seat-now.ts';
import type { RequestHandler } from './$types';

/** Who has the seat and until when, for a glance at it on the map. */
export const GET: RequestHandler = ({ locals, params: { key }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		if (!parseSeatKey(key)) error(400, `"${key}" is not a seat key: one is <event>:<seat>`);
		return json(await readSeatNow(ports(platform).admin, key), {
			headers: { 'cache-control': 'no-store' }
		});
	});
