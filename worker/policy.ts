import { env } from 'cloudflare:workers';
import { DEFAULT_HOLD_MS } from '../shared/seat.ts';

/** How long a hold lasts, unless its caller asks for less. Shortened by tests and drills alone. */
export const HOLD_MS = Number(env.NEXUS_HOLD_MS ?? DEFAULT_HOLD_MS);

/**
 * How long one round of payment attempts may take. A round ends well before the hold does; after
 * the first the hold is extended, once, for a second round.
 */
const ROUND_MS = Math.floor((HOLD_MS * 2) / 3);

/** Exponential back-off between attempts to pay, given up when the round is over. */
export const PAYMENT_RETRIES = {
	initialRetryInterval: Math.min(500, ROUND_MS / 8),
	maxRetryInterval: 20_000,
	retryIntervalFactor: 2,
	maxRetryDuration: ROUND_MS
} as const;
