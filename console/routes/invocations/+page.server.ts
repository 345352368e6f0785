import { orErrorPage } from '$lib/server/error-page.ts';
import { readInvocationList } from '$lib/server/invocation-list.ts';
import { sources } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => ({
		list: await readInvocationList(sources(platform), url.searchParams)
	}));
