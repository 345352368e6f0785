import { readAuditList } from '$lib/server/audit-list.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => ({
		list: await readAuditList(ports(platform).audit, url.searchParams)
	}));
