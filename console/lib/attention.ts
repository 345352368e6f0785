import { isCompleted } from './invocation.ts';
import type { InvocationStatus } from './invocation.ts';

/** Which holds of an event somebody should look at, and why: rules without I/O. */

/** A seat that is stored as held. */
export interface Hold {
	/** In the event's plan. */
	seat: string;
	holder: string | null;
	/** When the hold lapses; null of one that never does. */
	until: number | null;
	/** The checkout that holds it; null for a plain hold. */
	checkoutId: string | null;
	changedAt: number;
	/** Which transition made it: what a change to it is guarded by. */
	epoch: number;
}

/** A checkout, as far as these rules ask. */
export interface CheckoutState {
	status: InvocationStatus;
	retries: number;
	/** What its last attempt failed with. */
	failure: string | null;
}

export const ATTENTION_REASONS = ['overdue', 'orphaned', 'paused', 'failing'] as const;
export type AttentionReason = (typeof ATTENTION_REASONS)[number];

/** Why a seat is stuck, in a word or two. */
export const ATTENTION_WORDS: Readonly<Record<AttentionReason, string>> = {
	overdue: 'lapsed',
	orphaned: 'no checkout',
	paused: 'paused',
	failing: 'failing'
};

export interface StuckSeat {
	seat: string;
	reason: AttentionReason;
	/** One sentence: what is wrong. */
	why: string;
	holder: string | null;
	until: number | null;
	checkoutId: string | null;
	/** Whether its checkout is under way: it is not robbed of its seat unasked. */
	checkoutLive: boolean;
	epoch: number;
}

/** What the console knows of an event's stuck seats. */
export interface Attention {
	at: number;
	seats: StuckSeat[];
}

/** The seat's own timer frees a lapsed hold within this; one that is older was missed. */
export const OVERDUE_GRACE_MS = 5000;
/** How far the service's clock may be ahead of or behind the console's. */
const SKEW_MS = 2000;

/**
 * The holds that do not go on by themselves, the worst first.
 *
 * @param checkouts read before the holds: so one that ends meanwhile is not taken for gone
 * @param readAt when they were read; a hold that is younger may be of a checkout that is not
 *   among them
 */
export function findStuck(
	holds: readonly Hold[],
	checkouts: ReadonlyMap<string, CheckoutState>,
	{ readAt, now }: { readAt: number; now: number }
): StuckSeat[] {
	return holds
		.flatMap(({ seat, holder, until, checkoutId, changedAt, epoch }) => {
			const checkout = checkoutId === null ? undefined : checkouts.get(checkoutId);
			const verdict =
				judgeTime(until, now) ??
				(checkoutId === null || changedAt > readAt - SKEW_MS ? undefined : judgeCheckout(checkout));
			const checkoutLive = checkout !== undefined && !isCompleted(checkout.status);
			return verdict ? [{ seat, ...verdict, holder, until, checkoutId, checkoutLive, epoch }] : [];
		})
		.sort((a, b) => rank(a) - rank(b) || (a.until ?? 0) - (b.until ?? 0));
}

type Verdict = Pick<StuckSeat, 'reason' | 'why'>;

const rank = ({ reason }: StuckSeat): number => ATTENTION_REASONS.indexOf(reason);

function judgeTime(until: number | null, now: number): Verdict | undefined {
	if (until === null || now - until < OVERDUE_GRACE_MS) return undefined;
	return { reason: 'overdue', why: 'The hold has lapsed, and its timer did not free the seat' };
}

function judgeCheckout(checkout: CheckoutState | undefined): Verdict | undefined {
	if (!checkout)
		return { reason: 'orphaned', why: 'Its checkout is gone; only the timer frees the seat' };
	const { status, retries, failure } = checkout;
	switch (status) {
		case 'succeeded':
		case 'failed':
		case 'cancelled':
		case 'killed':
			return { reason: 'orphaned', why: `Its checkout was ${ENDED[status]} and did not free it` };
		case 'paused':
			return { reason: 'paused', why: `Its checkout is paused: ${failure ?? 'nobody says why'}` };
		default:
			if (retries === 0) return undefined;
			return {
				reason: 'failing',
				why: `Its checkout is tried again (${retries} failed): ${failure ?? 'no error is known'}`
			};
	}
}

const ENDED = {
	succeeded: 'completed',
	failed: 'ended by an error',
	cancelled: 'cancelled',
	killed: 'killed'
} as const;
