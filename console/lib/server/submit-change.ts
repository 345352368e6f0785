import { redirect } from '@sveltejs/kit';
import type { ActionFailure } from '@sveltejs/kit';
import { UNDO_MS } from '$shared/change.ts';
import type { ChangeAnswer } from '$shared/change.ts';
import type { Requested } from '../operations/requests.ts';
import { field } from '../operations/justification.ts';
import { urls } from '../urls.ts';
import { operateWith } from './operation.ts';
import type { OperationEvent, Refused } from './operation.ts';
import { envOf } from './platform-env.ts';
import { sealedItems } from './sealed-items.ts';
import { unseal } from './seal.ts';
import type { Sealed } from './seal.ts';

/** What the dialog learns of a change that was taken. */
export interface Submitted {
	ok: true;
	answer: ChangeAnswer;
}

/**
 * Asks for the change that a form shows, exactly as it showed it. A browser without scripts is sent
 * to the change's page.
 */
export async function submitChange(
	event: OperationEvent
): Promise<Submitted | ActionFailure<Refused>> {
	const { OPERATOR_SIGNING_KEY: secret } = envOf(event.platform);
	const result = await operateWith(
		event,
		async (form) => (await unseal(secret, field(form, 'seal'))).requested.action,
		async (nexus, caller, justification, form) => {
			const sealed = await unseal(secret, field(form, 'seal'));
			const terms = { ...justification, preview: sealed.preview, undoMs: UNDO_MS };
			return { answer: await nexus.ask(caller, await wholeOf(sealed, form), terms) };
		}
	);
	if ('answer' in result && !event.request.headers.has('x-sveltekit-action'))
		redirect(303, urls.change(result.answer.changeId));
	return result;
}

/** The request, with the items of a bulk change, which its seal has the digest of. */
async function wholeOf(sealed: Sealed, form: FormData): Promise<Requested> {
	const { requested } = sealed;
	if (requested.action !== 'bulk') return requested;
	const items = await sealedItems(sealed, field(form, 'items'));
	return { action: 'bulk', request: { ...requested.request, items } };
}
