import { redirect } from '@sveltejs/kit';
import { findEvent } from '$lib/server/events.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { urlOfId, urls } from '$lib/urls.ts';
import type { PageServerLoad } from './$types';

/** Goes to the page of whatever ID was asked for; stays here only when nothing has it. */
export const load: PageServerLoad = async ({ url, platform }) => {
	const query = (url.searchParams.get('q') ?? '').trim();
	const found = urlOfId(query);
	if (found) redirect(303, found);
	if (query && (await findEvent(envOf(platform).DB, query))) redirect(303, urls.event(query));
	return { query };
};
