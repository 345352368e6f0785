import { field, REASON_MAX, REASON_MIN } from '../operations/justification.ts';
import type { MarkAct } from './marks.ts';
import { NAME_MAX } from './work-filter.ts';

/** For how long an item may be snoozed, in minutes, and how that reads. */
export const SNOOZES = [
	{ minutes: 15, label: '15 minutes' },
	{ minutes: 60, label: '1 hour' },
	{ minutes: 240, label: '4 hours' },
	{ minutes: 1440, label: '1 day' },
	{ minutes: 10_080, label: '1 week' }
] as const;

/** What a form of the worklist asks for. */
export interface MarkRequest {
	item: string;
	/** What the item stood on when its page was read. */
	fingerprint: string;
	assignee: string | null;
	until: number | null;
	reason: string | null;
}

type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

const fail = (message: string): { ok: false; message: string } => ({ ok: false, message });

/** Reads a form, or says what is wrong with it and what to do. */
export function parseMark(
	act: MarkAct,
	form: FormData,
	{ me, now }: { me: string; now: number }
): Parsed<MarkRequest> {
	const base = { item: field(form, 'item'), fingerprint: field(form, 'fingerprint') };
	if (base.item === '')
		return fail('The form does not say which item it is about: reload the page');
	const reason = field(form, 'reason');
	if (reason.length > REASON_MAX) return fail(`Say why in at most ${REASON_MAX} characters`);
	if ((act === 'snooze' || act === 'resolve') && reason.length < REASON_MIN)
		return fail(`Say why, in at least ${REASON_MIN} characters`);
	const empty = { ...base, assignee: null, until: null, reason: reason === '' ? null : reason };
	if (act === 'assign') {
		const named = field(form, 'assignee');
		if (named.length > NAME_MAX || /\p{Cc}/u.test(named))
			return fail(`A name has at most ${NAME_MAX} characters, all of them visible`);
		return { ok: true, value: { ...empty, assignee: named === 'me' ? me : named || null } };
	}
	if (act !== 'snooze') return { ok: true, value: empty };
	const minutes = Number(field(form, 'minutes'));
	const snooze = SNOOZES.find((each) => each.minutes === minutes);
	if (!snooze) return fail('Choose for how long it is snoozed');
	return { ok: true, value: { ...empty, until: now + snooze.minutes * 60_000 } };
}
