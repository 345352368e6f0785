import { error, json } from '@sveltejs/kit';
import { START } from '$lib/journal/detail.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { readNews } from '$lib/server/invocation-detail.ts';
import { ports } from '$lib/server/ports.ts';
import { wholeNumber } from '$lib/server/whole-number.ts';
import type { RequestHandler } from './$types';

/** What has come of the invocation since a reader's cursor, for its page to follow it. */
export const GET: RequestHandler = ({ locals, params, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const query = url.searchParams;
		const news = await readNews(ports(platform), params.id, {
			entry: wholeNumber(query, 'entry', START.entry),
			event: wholeNumber(query, 'event', START.event),
			log: wholeNumber(query, 'log', START.log)
		});
		if (!news) error(404, { message: 'Restate knows it no more', code: 'not-found' });
		return json(news, { headers: { 'cache-control': 'no-store' } });
	});
