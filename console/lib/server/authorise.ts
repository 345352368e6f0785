import { error } from '@sveltejs/kit';
import { can } from '../permissions.ts';
import type { Action, Actor } from '../permissions.ts';

/** Ends the request with 403 unless the actor's role grants the action. */
export function authorise(actor: Actor, action: Action): void {
	if (!can(actor, action))
		error(403, {
			message: `Your role, ${actor.role}, does not grant this action (${action})`,
			code: 'not-authorised'
		});
}
