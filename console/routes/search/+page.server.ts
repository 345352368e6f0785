import { error, redirect } from '@sveltejs/kit';
import { landingOf, MAX_QUERY } from '$lib/search.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import { search } from '$lib/server/search.ts';
import { urlOfHit } from '$lib/urls.ts';
import type { PageServerLoad } from './$types';

/** Goes to the page of what was asked for; stays here to offer several, or to say that it is none. */
export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const query = (url.searchParams.get('q') ?? '').trim();
		if (query.length > MAX_QUERY)
			error(400, {
				message: `A search has at most ${MAX_QUERY} characters`,
				code: 'bad-request'
			});
		const result = await search({ ...ports(platform), db: envOf(platform).DB }, query);
		const landing = landingOf(result);
		if (landing) redirect(303, urlOfHit(landing));
		return { result };
	});
