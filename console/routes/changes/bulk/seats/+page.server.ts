import { error } from '@sveltejs/kit';
import { parseReleaseAsk } from '$lib/operations/release-ask.ts';
import { authorise } from '$lib/server/authorise.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { findEvent } from '$lib/server/events.ts';
import { envOf } from '$lib/server/platform-env.ts';
import { ports } from '$lib/server/ports.ts';
import { makeReleaseOffer } from '$lib/server/release-offer.ts';
import { submitChange } from '$lib/server/submit-change.ts';
import type { Actions, PageServerLoad } from './$types';

/** A bulk release of an event's stuck seats before it is asked for: which, what it does, and why. */
export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => {
		authorise(locals.actor, 'bulk');
		authorise(locals.actor, 'forceRelease');
		const ask = parseReleaseAsk(url.searchParams);
		if (!ask.ok) error(400, { message: ask.message, code: 'bad-request' });
		const { DB, OPERATOR_SIGNING_KEY: secret } = envOf(platform);
		const event = await findEvent(DB, ask.value.eventId);
		if (!event) error(404, `No event “${ask.value.eventId}” is published`);
		const { admin } = ports(platform);
		return { offer: await makeReleaseOffer({ admin, secret }, ask.value), event: event.name };
	});

export const actions: Actions = { ask: (event) => submitChange(event) };
