import { orErrorPage } from '$lib/server/error-page.ts';
import { readLogPage } from '$lib/server/log-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => ({
		reading: await readLogPage(ports(platform).logs, url.searchParams)
	}));
