import { can } from '$lib/permissions.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { mark } from '$lib/server/worklist-forms.ts';
import { readWorklist } from '$lib/server/worklist-page.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, platform, url }) =>
	orErrorPage(locals.requestId, async () => ({
		list: await readWorklist(platform, locals.actor.name, url.searchParams),
		mayTriage: can(locals.actor, 'triage')
	}));

export const actions: Actions = {
	assign: (event) => mark(event, 'assign'),
	snooze: (event) => mark(event, 'snooze'),
	resolve: (event) => mark(event, 'resolve'),
	reopen: (event) => mark(event, 'reopen')
};
