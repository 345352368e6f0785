import { fail } from '@sveltejs/kit';
import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { field } from '../operations/justification.ts';
import { parseMark } from '../worklist/mark-form.ts';
import type { MarkAct } from '../worklist/marks.ts';
import { authorise } from './authorise.ts';
import { envOf } from './platform-env.ts';
import { UpstreamError } from './upstream-error.ts';
import { addMark } from './worklist-marks.ts';
import { findMarked } from './worklist-page.ts';

/** What became of a form, for the item it was sent from. */
export type MarkResult =
	| { ok: true; item: string; message: string }
	| { ok: false; item: string; message: string; reason: string };

type Refused = Extract<MarkResult, { ok: false }>;

const DONE: Record<MarkAct, string> = {
	assign: 'Assigned',
	snooze: 'Snoozed: it comes back by itself',
	resolve: 'Resolved: it comes back if it is still found and its evidence changes',
	reopen: 'Open again'
};

/**
 * Says something of an item of the worklist: authorised here, and only of one that is still found,
 * on the evidence that its reader saw.
 */
export async function mark(
	event: Pick<RequestEvent, 'locals' | 'platform' | 'request'>,
	act: MarkAct
): Promise<Extract<MarkResult, { ok: true }> | ActionFailure<Refused>> {
	const { locals, platform, request } = event;
	authorise(locals.actor, 'triage');
	const form = await request.formData();
	const now = Date.now();
	const me = locals.actor.name;
	const parsed = parseMark(act, form, { me, now });
	const refuse = (status: number, message: string) =>
		fail(status, {
			...{ ok: false as const, message },
			item: field(form, 'item'),
			reason: field(form, 'reason')
		});
	if (!parsed.ok) return refuse(400, parsed.message);
	try {
		const found = await findMarked(platform, parsed.value.item);
		if (!found) return refuse(409, 'It is not found any more: nothing needs doing');
		if (act === 'resolve' && found.fingerprint !== parsed.value.fingerprint)
			return refuse(409, 'It changed since you looked: read what it says now, then resolve it');
		await addMark(
			envOf(platform).DB,
			{
				...parsed.value,
				...{ at: now, actor: me, role: locals.actor.role, act },
				fingerprint: found.fingerprint
			},
			locals.requestId
		);
		return { ok: true, item: found.id, message: DONE[act] };
	} catch (error) {
		if (!(error instanceof UpstreamError)) throw error;
		return refuse(error.status, error.message);
	}
}
