import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import { readSpan } from '$lib/server/span.ts';
import type { RequestHandler } from './$types';

/** The event's seats at a moment of the past, and what happened to them from then on. */
export const GET: RequestHandler = async ({ locals, params, platform, url }) => {
	const span = readSpan(url.searchParams);
	const { occupancy } = ports(platform);
	const replay = orErrorPage(locals.requestId, () => occupancy.replay(params.event, span));
	return json(await replay);
};
