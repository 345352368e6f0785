import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readOrderList } from '$lib/server/order-list.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The list's data, for the page to renew itself. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readOrderList(ports(platform).orders, url.searchParams), {
			headers: { 'cache-control': 'no-store' }
		})
	);
