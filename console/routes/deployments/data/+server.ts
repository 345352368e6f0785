import { json } from '@sveltejs/kit';
import { readDeployments } from '$lib/server/deployments.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The page's data, for it to renew itself. */
export const GET: RequestHandler = ({ locals, platform }) =>
	orErrorPage(locals.requestId, async () =>
		json(await readDeployments(ports(platform).admin), {
			headers: { 'cache-control': 'no-store' }
		})
	);
