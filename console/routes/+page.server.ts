import { readScope } from '$lib/overview.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readOverview } from '$lib/server/overview.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const { admin } = ports(platform);
		const scope = readScope(url.searchParams);
		return { scope, overview: await readOverview(admin, envOf(platform).DB, scope) };
	});
