import { json } from '@sveltejs/kit';
import { readChange } from '$lib/server/changes.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The change's data, for its page and for whoever watches it. */
export const GET: RequestHandler = ({ locals, params, platform }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readChange(ports(platform), locals.actor, params.id), {
			headers: { 'cache-control': 'no-store' }
		})
	);
