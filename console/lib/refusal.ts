/**
 * Codes with which the service refuses by design: bad input, declined payment, unknown seat, seat
 * taken. Anything else is a fault.
 */
export const REFUSAL_CODES = [400, 402, 403, 404, 409] as const;

export const isRefusal = (code: number | null): boolean =>
	REFUSAL_CODES.some((known) => known === code);
