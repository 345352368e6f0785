import { orErrorPage } from '$lib/server/error-page.ts';
import { invocationCsv } from '$lib/server/invocation-csv.ts';
import { viewOf } from '$lib/server/invocation-list.ts';
import { sources } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The list as a file, every page of it from its position on. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const body = await invocationCsv(sources(platform), viewOf(url.searchParams));
		const name = `invocations-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`;
		return new Response(body, {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="${name}"`,
				'cache-control': 'no-store'
			}
		});
	});
