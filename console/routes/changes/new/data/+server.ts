import { error, json } from '@sveltejs/kit';
import { askedOffer } from '$lib/server/asked-offer.ts';
import { authorise } from '$lib/server/authorise.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { parseAsk } from '$lib/operations/ask.ts';
import { KIND_LOOKS } from '$lib/operations/kinds.ts';
import type { RequestHandler } from './$types';

/** What a change would do now, for its dialog. */
export const GET: RequestHandler = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const ask = parseAsk(url.searchParams);
		if (!ask.ok) error(400, { message: ask.message, code: 'bad-request' });
		authorise(locals.actor, KIND_LOOKS[ask.value.kind].action);
		return json(await askedOffer(platform, locals.actor, ask.value), {
			headers: { 'cache-control': 'no-store' }
		});
	});
