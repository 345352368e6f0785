import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readInvocationCounts } from '$lib/server/invocation-list.ts';
import { sources } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** How many invocations a list's filter matches; slower than the list, so on its own. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readInvocationCounts(sources(platform), url.searchParams), {
			headers: { 'cache-control': 'no-store' }
		})
	);
