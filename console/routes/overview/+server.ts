import { json } from '@sveltejs/kit';
import { readScope } from '$lib/overview/overview.ts';
import { readOverview } from '$lib/server/overview.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** The overview's data, for the page to renew itself. */
export const GET: RequestHandler = async ({ platform, url }) => {
	const { admin } = ports(platform);
	const overview = await readOverview(admin, envOf(platform).DB, readScope(url.searchParams));
	return json(overview, { headers: { 'cache-control': 'no-store' } });
};
