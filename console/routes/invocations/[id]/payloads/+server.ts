import { error, json } from '@sveltejs/kit';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readPayloads } from '$lib/server/invocation-detail.ts';
import { ports } from '$lib/server/ports.ts';
import type { RequestHandler } from './$types';

/** A row is a command and what completed it. */
const MOST = 2;

/** What some entries of the journal carry, decoded and redacted. */
export const GET: RequestHandler = ({ locals, params, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const indexes = url.searchParams.getAll('entry');
		if (indexes.length === 0 || indexes.length > MOST || !indexes.every((n) => /^\d{1,9}$/.test(n)))
			error(400, {
				message: `Name one or two journal entries by their index, as in ?entry=4&entry=7`,
				code: 'bad-request'
			});
		const details = await readPayloads(ports(platform).admin, params.id, indexes.map(Number));
		if (!details)
			error(404, { message: 'These entries are gone with their journal', code: 'not-found' });
		return json(details, { headers: { 'cache-control': 'no-store' } });
	});
