import { error, json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readKeptOfSeat } from '$lib/server/kept-record.ts';
import { ports } from '$lib/server/ports.ts';
import { parseSeatKey } from '$shared/seat-key.ts';
import type { RequestHandler } from './$types';

/** What D1 still tells of the seat while Restate does not answer. */
export const GET: RequestHandler = ({ locals, params, platform }) =>
	orErrorPage(locals.requestId, async () => {
		if (!parseSeatKey(params.key))
			error(400, { message: `"${params.key}" is not a seat key`, code: 'bad-request' });
		const kept = await readKeptOfSeat(ports(platform), params.key);
		return json(kept, { headers: { 'cache-control': 'no-store' } });
	});
