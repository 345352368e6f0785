import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readLogTail } from '$lib/server/log-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** What has been written since a row, for the page to follow. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readLogTail(ports(platform).logs, url.searchParams), {
			headers: { 'cache-control': 'no-store' }
		})
	);
