import { error } from '@sveltejs/kit';
import { parseSeatKey } from '$shared/seat-key.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import { readSeat } from '$lib/server/seat-page.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params: { key }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		const parts = parseSeatKey(key);
		if (!parts)
			error(400, {
				message:
					`"${key}" is not a seat key: one is <event>:<seat>, such as concert-1:S1-A-7, ` +
					'each part of A-Z a-z 0-9 . _ -',
				code: 'bad-request',
				requestId: locals.requestId
			});
		return { ...parts, reading: await readSeat(ports(platform), key) };
	});
