import { error, json } from '@sveltejs/kit';
import { MAX_QUERY } from '$lib/search.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import { search } from '$lib/server/search.ts';
import type { RequestHandler } from './$types';

/** What the command palette finds while one types. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const query = (url.searchParams.get('q') ?? '').trim();
		if (query.length > MAX_QUERY)
			error(400, { message: `"q" is longer than ${MAX_QUERY} characters`, code: 'bad-request' });
		const sources = { ...ports(platform), db: envOf(platform).DB };
		return json(await search(sources, query), { headers: { 'cache-control': 'no-store' } });
	});
