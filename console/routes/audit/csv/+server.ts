import { auditCsv } from '$lib/server/audit-csv.ts';
import { readFilter } from '$lib/server/audit-list.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The records as a file; the address says which, as the page's own does. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const body = await auditCsv(ports(platform).audit, readFilter(url.searchParams));
		const name = `audit-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`;
		return new Response(body, {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': `attachment; filename="${name}"`,
				'cache-control': 'no-store'
			}
		});
	});
