import { readScope } from '$lib/overview/overview.ts';
import { readTrendRange } from '$lib/overview/trend.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readAllTrends, readOverview } from '$lib/server/overview.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { sharedPorts } from '$lib/server/ports.ts';
import { veilOf } from '$lib/server/veil.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const { admin } = sharedPorts(platform);
		const { DB } = envOf(platform);
		const scope = readScope(url.searchParams);
		const range = readTrendRange(url.searchParams);
		const [overview, trends] = await Promise.all([
			readOverview(admin, DB, scope),
			readAllTrends(DB, range)
		]);
		return { scope, range, overview: veilOf(platform).over(overview), trends };
	});
