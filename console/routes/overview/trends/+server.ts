import { json } from '@sveltejs/kit';
import { readTrendRange } from '$lib/overview/trend.ts';
import { readAllTrends } from '$lib/server/overview.ts';
import { envOf } from '$lib/server/platform-env.ts';
import type { RequestHandler } from './$types';

/** The trends of all events, for the overview to renew them. */
export const GET: RequestHandler = async ({ platform, url }) => {
	const trends = await readAllTrends(envOf(platform).DB, readTrendRange(url.searchParams));
	return json(trends, { headers: { 'cache-control': 'no-store' } });
};
