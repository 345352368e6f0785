import { redirect } from '@sveltejs/kit';
import { findEvent } from '$lib/server/events.ts';
import { urlOfId, urls } from '$lib/urls.ts';
import type { PageServerLoad } from './$types';

/** Goes to the page of whatever ID was asked for; stays here only when nothing has it. */
export const load: PageServerLoad = async ({ url, platform }) => {
	if (!platform) throw new Error('The console runs on workerd only');
	const query = (url.searchParams.get('q') ?? '').trim();
	const found = urlOfId(query);
	if (found) redirect(303, found);
	if (query && (await findEvent(platform.env.DB, query))) redirect(303, urls.event(query));
	return { query };
};
