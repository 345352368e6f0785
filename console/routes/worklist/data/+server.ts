import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readWorklist } from '$lib/server/worklist-page.ts';
import type { RequestHandler } from './$types';

/** The list's data, for the page to renew itself. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readWorklist(platform, locals.actor.name, url.searchParams), {
			headers: { 'cache-control': 'no-store' }
		})
	);
