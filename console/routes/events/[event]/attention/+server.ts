import { error, json } from '@sveltejs/kit';
import { readAttention } from '$lib/server/attention.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { findEvent } from '$lib/server/events.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { sharedPorts } from '$lib/server/ports.ts';
import { veilOf } from '$lib/server/veil.ts';
import type { RequestHandler } from './$types';

/** The event's seats that do not go on by themselves. */
export const GET: RequestHandler = ({ locals, params: { event }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		if (!(await findEvent(envOf(platform).DB, event)))
			error(404, `No event “${event}” is published`);
		const attention = await readAttention(sharedPorts(platform).admin, event);
		return json(veilOf(platform).over(attention), {
			headers: { 'cache-control': 'no-store' }
		});
	});
