import { json } from '@sveltejs/kit';
import { readFunnel } from '$lib/server/funnel.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { readSpan } from '$lib/server/span.ts';
import type { RequestHandler } from './$types';

/** What became of the seats that the event's buyers took. */
export const GET: RequestHandler = async ({ params, platform, url }) => {
	const span = readSpan(url.searchParams);
	return json(await readFunnel(envOf(platform).DB, params.event, span, Date.now()));
};
