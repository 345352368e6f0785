import { json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readJournal } from '$lib/server/invocation-detail.ts';
import { ports } from '$lib/server/ports.ts';
import { wholeNumber } from '$lib/server/whole-number.ts';
import type { RequestHandler } from './$types';

/** A window of the journal, for a page whose first reading did not bring all of it. */
export const GET: RequestHandler = ({ locals, params, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const from = wholeNumber(url.searchParams, 'from', 0);
		const entries = await readJournal(ports(platform).admin, params.id, from);
		return json(entries, { headers: { 'cache-control': 'no-store' } });
	});
