import { error } from '@sveltejs/kit';
import { findEvent } from '$lib/server/events.ts';
import { envOf } from '$lib/server/platform-env.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, platform }) => {
	const event = await findEvent(envOf(platform).DB, params.event);
	if (!event) error(404, `No event “${params.event}” is published`);
	return { event };
};
