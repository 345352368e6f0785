import { fail } from '@sveltejs/kit';
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { field, parseJustification } from '../operations/justification.ts';
import type { OperationResult } from '../operations/justification.ts';
import type { Action } from '../permissions.ts';
import { authorise } from './authorise.ts';
import type { Caller, Justification, Nexus } from './nexus.ts';
import { ports } from './ports.ts';
import { UpstreamError } from './upstream-error.ts';

type Refused = Extract<OperationResult, { ok: false }>;

/**
 * Carries out one operator change from a form: authorised here, whatever the page showed, and
 * justified. A refusal comes back to the form with what was typed.
 *
 * @returns what `perform` says was done
 */
export async function operate(
	event: Pick<RequestEvent, 'locals' | 'platform' | 'request'>,
	action: Action,
	perform: (
		nexus: Nexus,
		caller: Caller,
		justification: Justification,
		form: FormData
	) => Promise<string>
): Promise<Extract<OperationResult, { ok: true }> | ActionFailure<Refused>> {
	const { actor, requestId } = event.locals;
	authorise(actor, action);
	const form = await event.request.formData();
	const typed = { reason: field(form, 'reason'), ticketRef: field(form, 'ticketRef') };
	const parsed = parseJustification(form);
	if (!parsed.ok)
		return fail(400, { ok: false, code: 'bad-request', message: parsed.message, ...typed });
	const { intentId, ...justification } = parsed.value;
	try {
		const { nexus } = ports(event.platform);
		const caller = { actor, requestId, intentId };
		return { ok: true, message: await perform(nexus, caller, justification, form) };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		const { status, code, message } = error;
		return fail(status, { ok: false, code, message, ...typed });
	}
}
