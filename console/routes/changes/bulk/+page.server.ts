import { error } from '@sveltejs/kit';
import { parseAct } from '$lib/operations/bulk-ask.ts';
import { authorise } from '$lib/server/authorise.ts';
import { makeBulkOffer } from '$lib/server/bulk-offer.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { sources } from '$lib/server/ports.ts';
import { submitChange } from '$lib/server/submit-change.ts';
import type { Actions, PageServerLoad } from './$types';

/** A bulk change before it is asked for: which, what it does, and why. */
export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		authorise(locals.actor, 'bulk');
		const act = parseAct(url.searchParams);
		if (!act.ok) error(400, { message: act.message, code: 'bad-request' });
		const { OPERATOR_SIGNING_KEY: secret } = envOf(platform);
		const from = { ...sources(platform), secret };
		return { offer: await makeBulkOffer(from, act.value, url.searchParams) };
	});

export const actions: Actions = { ask: (event) => submitChange(event) };
