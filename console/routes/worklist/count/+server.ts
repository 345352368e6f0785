import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readWorkCount } from '$lib/server/worklist-page.ts';
import type { RequestHandler } from './$types';

/** What the menu shows of the worklist. */
export const GET: RequestHandler = ({ locals, platform }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readWorkCount(platform, locals.actor.name), {
			headers: { 'cache-control': 'no-store' }
		})
	);
