import { orErrorPage } from '$lib/server/error-page.ts';
import { readOrderList } from '$lib/server/order-list.ts';
import { ports } from '$lib/server/ports.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => ({
		list: await readOrderList(ports(platform).orders, url.searchParams)
	}));
