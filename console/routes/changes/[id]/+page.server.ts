import { error } from '@sveltejs/kit';
import { isChangeId } from '$shared/change.ts';
import { decideChange, stopChange, undoChange } from '$lib/server/change-actions.ts';
import { readChange } from '$lib/server/changes.ts';
import { orErrorPage } from '$lib/server/error-page.ts';
import { ports } from '$lib/server/ports.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params: { id }, platform }) =>
	orErrorPage(locals.requestId, async () => {
		if (!isChangeId(id))
			error(400, {
				message: `"${id}" is not the ID of a change: one is chg_ and letters and digits`,
				code: 'bad-request'
			});
		return {
			reading: await readChange(ports(platform), locals.actor, id),
			intentIds: {
				decide: crypto.randomUUID(),
				undo: crypto.randomUUID(),
				stop: crypto.randomUUID()
			}
		};
	});

export const actions: Actions = {
	approve: (event) => decideChange(event, true),
	reject: (event) => decideChange(event, false),
	undo: (event) => undoChange(event),
	stop: (event) => stopChange(event)
};
