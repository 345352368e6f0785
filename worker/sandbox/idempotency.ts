/** How long an answer is kept for its key, by Stripe and by Resend alike. */
export const KEY_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** An executed request, remembered under its idempotency key. */
export interface SavedCall {
	/** Method and path. */
	endpoint: string;
	/** The parameters in canonical form. */
	parameters: string;
	/** When it was executed. */
	at: number;
	/** When its answer was let go: until then the key is in use. */
	readyAt: number;
}

export type IdempotencyDecision =
	'execute' | 'replay' | 'in_use' | 'other_endpoint' | 'other_parameters';

/** What a keyed request gets, given what was saved under its key. */
export function decideIdempotency(
	saved: SavedCall | undefined,
	request: Pick<SavedCall, 'endpoint' | 'parameters' | 'at'>
): IdempotencyDecision {
	if (!saved || request.at - saved.at >= KEY_LIFETIME_MS) return 'execute';
	if (saved.endpoint !== request.endpoint) return 'other_endpoint';
	if (saved.parameters !== request.parameters) return 'other_parameters';
	return request.at < saved.readyAt ? 'in_use' : 'replay';
}
