import { readPreferences } from '$lib/preferences.svelte.ts';
import { IDENTITY_COOKIE, readLocalIdentity } from '$lib/local-identity.ts';
import { listEvents } from '$lib/server/events.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { veilOf } from '$lib/server/veil.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ cookies, locals, platform }) => {
	const { DB, NEXUS_MODE } = envOf(platform);
	const local = NEXUS_MODE === 'local';
	return {
		preferences: readPreferences((name) => cookies.get(name)),
		actor: { name: locals.actor.name, role: locals.actor.role },
		masked: veilOf(platform).drawn,
		readOnly: locals.readOnly,
		local,
		/** Which of the local identities it is, where there is a choice. */
		identity: local ? readLocalIdentity(cookies.get(IDENTITY_COOKIE)).id : null,
		events: (await listEvents(DB)).map(({ id, name }) => ({ id, name }))
	};
};
