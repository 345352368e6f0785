import { orErrorPage } from '$lib/server/error-page.ts';
import { orderCsv } from '$lib/server/order-csv.ts';
import { readFilter } from '$lib/server/order-list.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The list as a file; the address says which orders, as the page's own does. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, () => {
		const body = orderCsv(ports(platform).orders, readFilter(url.searchParams));
		const name = `orders-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`;
		return Promise.resolve(
			new Response(body, {
				headers: {
					'content-type': 'text/csv; charset=utf-8',
					'content-disposition': `attachment; filename="${name}"`,
					'cache-control': 'no-store'
				}
			})
		);
	});
