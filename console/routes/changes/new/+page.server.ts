import { error } from '@sveltejs/kit';
import { authorise } from '$lib/server/authorise.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { askedOffer } from '$lib/server/asked-offer.ts';
import { submitChange } from '$lib/server/submit-change.ts';
import { parseAsk } from '$lib/operations/ask.ts';
import { KIND_LOOKS } from '$lib/operations/kinds.ts';
import type { Actions, PageServerLoad } from './$types';

/** One change, before it is asked for: the dialog as a page of its own. */
export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		const ask = parseAsk(url.searchParams);
		if (!ask.ok) error(400, { message: ask.message, code: 'bad-request' });
		authorise(locals.actor, KIND_LOOKS[ask.value.kind].action);
		return { offer: await askedOffer(platform, locals.actor, ask.value) };
	});

export const actions: Actions = { ask: (event) => submitChange(event) };
