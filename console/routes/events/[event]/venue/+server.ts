import { error } from '@sveltejs/kit';
import { envOf } from '$lib/server/platform-env.ts';
import { readVenueJson } from '$lib/server/venues.ts';
import type { RequestHandler } from './$types';

/** One revision of the event's layout. It never changes, so the browser may keep it. */
export const GET: RequestHandler = async ({ params, platform, url }) => {
	const revision = Number(url.searchParams.get('revision'));
	if (!Number.isSafeInteger(revision) || revision < 1)
		error(400, 'Name the plan’s revision, a whole number from 1, as ?revision=');
	const body = await readVenueJson(envOf(platform).DB, params.event, revision);
	if (body === undefined) error(404, `Event "${params.event}" has no plan of revision ${revision}`);
	return new Response(body, {
		headers: {
			'content-type': 'application/json',
			'cache-control': 'private, max-age=31536000, immutable'
		}
	});
};
