import { env } from 'cloudflare:workers';
import { DEFAULT_HOLD_MS } from '../shared/seat.ts';

/** How long a hold lasts, unless its caller asks for less. Shortened by tests and drills alone. */
export const HOLD_MS = Number(env.NEXUS_HOLD_MS ?? DEFAULT_HOLD_MS);

/**
 * How long one round of payment attempts may take. A round ends well before the hold does; after
 * the first the hold is extended, once, for a second round.
 */
const ROUND_MS = Math.floor((HOLD_MS * 2) / 3);

/**
 * Exponential back-off between attempts to pay, given up when the round is over. The last wait may
 * reach past that, so no wait is long against the hold.
 */
export const PAYMENT_RETRIES = {
	initialRetryInterval: Math.min(500, ROUND_MS / 8),
	maxRetryInterval: Math.min(20_000, ROUND_MS / 8),
	retryIntervalFactor: 2,
	maxRetryDuration: ROUND_MS
} as const;

/** How long a buyer whose order failed waits for the money's return, before it goes on alone. */
export const RETURN_RETRIES = PAYMENT_RETRIES;

/** How long a payment that has its answer waits for D1 to take the order's row. */
export const RECORD_MS = 3_000;
