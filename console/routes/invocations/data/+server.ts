import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readInvocationList } from '$lib/server/invocation-list.ts';
import { sources } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The list's data, for the page to renew itself. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readInvocationList(sources(platform), url.searchParams), {
			headers: { 'cache-control': 'no-store' }
		})
	);
