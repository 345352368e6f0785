/** What every operator change is asked with. */
export interface Justification {
	reason: string;
	ticketRef?: string | undefined;
	/** Names the intent, so that a form sent twice is carried out once. */
	intentId: string;
}

export const REASON_MIN = 5;
export const REASON_MAX = 500;
export const TICKET_REF_MAX = 100;

/** What became of a change, for the dialog it was asked from. */
export type OperationResult =
	| { ok: true; message: string }
	| {
			ok: false;
			/** Stable: `conflict` when what the operator saw no longer holds. */
			code: string;
			message: string;
			/** As they were typed. */
			reason: string;
			ticketRef: string;
	  };

const INTENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export type ParsedJustification =
	{ ok: true; value: Justification } | { ok: false; message: string };

/** Reads `reason`, `ticketRef` and `intentId` from a form, or says what is wrong with them. */
export function parseJustification(form: FormData): ParsedJustification {
	const reason = field(form, 'reason');
	const ticketRef = field(form, 'ticketRef');
	const intentId = field(form, 'intentId');
	if (reason.length < REASON_MIN)
		return { ok: false, message: `Say why, in at least ${REASON_MIN} characters` };
	if (reason.length > REASON_MAX)
		return { ok: false, message: `Say why in at most ${REASON_MAX} characters` };
	if (ticketRef.length > TICKET_REF_MAX)
		return { ok: false, message: `A ticket reference has at most ${TICKET_REF_MAX} characters` };
	if (!INTENT_ID.test(intentId))
		return { ok: false, message: 'The form is incomplete: reload the page and try again' };
	return { ok: true, value: { reason, intentId, ...(ticketRef && { ticketRef }) } };
}

/** A form's text field, trimmed; a missing one and a file are empty. */
export function field(form: FormData, name: string): string {
	const value = form.get(name);
	return typeof value === 'string' ? value.trim() : '';
}
