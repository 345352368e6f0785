import { json } from '@sveltejs/kit';
import { listChanges } from '$lib/server/changes.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The list's data, for its page to renew itself. */
export const GET: RequestHandler = ({ locals, platform }) =>
	orErrorPage(locals.requestId, async () =>
		json(await listChanges(ports(platform).admin), { headers: { 'cache-control': 'no-store' } })
	);
