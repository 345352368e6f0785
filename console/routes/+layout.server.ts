import { readPreferences } from '$lib/preferences.svelte.ts';
import { listEvents } from '$lib/server/events.ts';
import { envOf } from '$lib/server/platform-env.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ cookies, locals, platform }) => {
	const { DB, NEXUS_MODE } = envOf(platform);
	return {
		preferences: readPreferences((name) => cookies.get(name)),
		actor: { name: locals.actor.name, role: locals.actor.role },
		local: NEXUS_MODE === 'local',
		events: (await listEvents(DB)).map(({ id, name }) => ({ id, name }))
	};
};
