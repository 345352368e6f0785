import { fail } from '@sveltejs/kit';
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { field, parseJustification } from '../operations/justification.ts';
import type { OperationResult } from '../operations/justification.ts';
import type { Action } from '../permissions.ts';
import { authorise } from './authorise.ts';
import type { Caller, Justification, Nexus } from './nexus.ts';
import { ports } from './ports.ts';
import { UpstreamError } from './upstream-error.ts';

export type Refused = Extract<OperationResult, { ok: false }>;

export type OperationEvent = Pick<RequestEvent, 'locals' | 'platform' | 'request'>;

type Perform<Done> = (
	nexus: Nexus,
	caller: Caller,
	justification: Justification,
	form: FormData
) => Promise<Done>;

/**
 * Carries out one operator change from a form: authorised here, whatever the page showed, and
 * justified. A refusal comes back to the form with what was typed.
 *
 * @param action what it takes, where that does not depend on the form
 * @returns what `perform` says was done
 */
export async function operateWith<Done extends object>(
	event: OperationEvent,
	action: Action | ((form: FormData) => Promise<Action>),
	perform: Perform<Done>
): Promise<({ ok: true } & Done) | ActionFailure<Refused>> {
	const { actor, requestId } = event.locals;
	if (typeof action === 'string') authorise(actor, action);
	const form = await event.request.formData();
	const typed = { reason: field(form, 'reason'), ticketRef: field(form, 'ticketRef') };
	try {
		if (typeof action === 'function') authorise(actor, await action(form));
		const parsed = parseJustification(form);
		if (!parsed.ok) throw new UpstreamError('bad-request', parsed.message, { status: 400 });
		const { intentId, ...justification } = parsed.value;
		const { nexus } = ports(event.platform);
		const done = await perform(nexus, { actor, requestId, intentId }, justification, form);
		return { ok: true, ...done };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		const { status, code, message } = error;
		return fail(status, { ok: false, code, message, ...typed });
	}
}

/** As {@link operateWith}, for a change whose end is told in a sentence. */
export const operate = (event: OperationEvent, action: Action, perform: Perform<string>) =>
	operateWith(event, action, async (...given) => ({ message: await perform(...given) }));
