import { listChanges } from '$lib/server/changes.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform }) =>
	orErrorPage(locals.requestId, async () => ({
		list: await listChanges(ports(platform).admin)
	}));
