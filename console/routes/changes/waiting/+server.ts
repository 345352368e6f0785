import { json } from '@sveltejs/kit';
import { countWaiting } from '$lib/server/changes.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** How many changes await a second person, for the menu. */
export const GET: RequestHandler = ({ locals, platform }) =>
	orErrorPage(locals.requestId, async () =>
		json({ count: await countWaiting(ports(platform).admin) })
	);
