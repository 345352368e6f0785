import { error } from '@sveltejs/kit';
import { findEvent } from '$lib/server/events.ts';
import { newestActions } from '$lib/server/operator-actions.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ params, platform }) => {
	const event = await findEvent(envOf(platform).DB, params.event);
	if (!event) error(404, `No event “${params.event}” is published`);
	return { event, actions: await newestActions(ports(platform).audit, event.id) };
};
