import { error } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit';
import { isRead } from './same-origin.ts';

/** Whether the switch says that nothing may be changed. Anything unusual means that it does. */
export const isReadOnly = (setting: string | undefined): boolean =>
	!['', '0', 'false'].includes((setting ?? '').trim().toLowerCase());

/**
 * The switch that takes every change out of the whole console, for an incident or an audit. Nothing
 * but reads goes through, and whoever looks is a viewer at most, so that no page offers what would
 * be refused and no token that is signed on the way can change anything.
 */
export const readOnly: Handle = ({ event, resolve }) => {
	const { locals, platform, request } = event;
	locals.readOnly = isReadOnly(platform?.env.NEXUS_READ_ONLY);
	if (!locals.readOnly) return resolve(event);
	if (!isRead(request.method))
		error(403, {
			message: 'This console is read only (NEXUS_READ_ONLY): nothing was changed',
			code: 'read-only'
		});
	locals.actor = { ...locals.actor, role: 'viewer' };
	return resolve(event);
};
