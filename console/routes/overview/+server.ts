import { json } from '@sveltejs/kit';
import { readScope } from '$lib/overview/overview.ts';
import { readOverview } from '$lib/server/overview.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { sharedPorts } from '$lib/server/ports.ts';
import { veilOf } from '$lib/server/veil.ts';
import type { RequestHandler } from './$types';

/** The overview's data, for the page to renew itself. */
export const GET: RequestHandler = async ({ platform, url }) => {
	const { admin } = sharedPorts(platform);
	const overview = await readOverview(admin, envOf(platform).DB, readScope(url.searchParams));
	return json(veilOf(platform).over(overview), { headers: { 'cache-control': 'no-store' } });
};
