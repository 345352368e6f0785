import { readPreferences } from '$lib/preferences.svelte.ts';
import { listEvents } from '$lib/server/events.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ cookies, locals, platform }) => {
	if (!platform) throw new Error('The console runs on workerd only');
	return {
		preferences: readPreferences((name) => cookies.get(name)),
		actor: { name: locals.actor.name, role: locals.actor.role },
		local: platform.env.NEXUS_MODE === 'local',
		events: (await listEvents(platform.env.DB)).map(({ id, name }) => ({ id, name }))
	};
};
