import { json } from '@sveltejs/kit';
import { readFunnel } from '$lib/server/funnel.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { readSpan } from '$lib/server/span.ts';
import type { RequestHandler } from './$types';

/** What became of the seats that the event's buyers took. */
export const GET: RequestHandler = async ({ locals, params, platform, url }) => {
	const span = readSpan(url.searchParams);
	const db = envOf(platform).DB;
	const funnel = orErrorPage(locals.requestId, () =>
		readFunnel(db, params.event, span, Date.now())
	);
	return json(await funnel);
};
