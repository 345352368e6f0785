import { orErrorPage } from '$lib/server/error-page.ts';
import { workCsv } from '$lib/server/worklist-csv.ts';
import { readWorkFilter, readWorkItems } from '$lib/server/worklist-page.ts';
import type { RequestHandler } from './$types';

/** The list as a file; the address says which items, as the page's own does. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const filter = readWorkFilter(url.searchParams);
		const items = await readWorkItems(platform, locals.actor.name, filter);
		const name = `worklist-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`;
		return new Response(workCsv(items), {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="${name}"`,
				'cache-control': 'no-store'
			}
		});
	});
