import { json } from '@sveltejs/kit';
import { readAuditList } from '$lib/server/audit-list.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The list's data, for the page to renew itself. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readAuditList(ports(platform).audit, url.searchParams), {
			headers: { 'cache-control': 'no-store' }
		})
	);
