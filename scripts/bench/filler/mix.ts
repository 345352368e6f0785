/**
 * Which invocations a filled server holds: a fixed mix, so that two fills of one size are alike.
 * Shares are of a thousand, near what a busy sale leaves behind.
 */

/** How an invocation ends, or where it stays. */
export const KINDS = {
	succeeds: 690,
	declined: 90,
	conflicts: 90,
	breaks: 20,
	scheduled: 60,
	suspended: 20,
	pending: 10,
	cancelled: 10,
	killed: 5,
	backsOff: 4,
	pauses: 1
} as const;
export type Kind = keyof typeof KINDS;

/** Invocations of a batch, but for the batch's own. */
export const BATCH_SIZE = 100;

const SHARES = Object.entries(KINDS) as [Kind, number][];
const WHOLE = SHARES.reduce((sum, [, share]) => sum + share, 0);
/** Prime to the whole, so that each kind is spread over the batches. */
const STRIDE = 389;

/** The kind of the n-th invocation of a fill. */
export function kindOf(n: number): Kind {
	let place = (n * STRIDE) % WHOLE;
	for (const [kind, share] of SHARES) {
		if (place < share) return kind;
		place -= share;
	}
	return 'succeeds';
}

/** Its object key, spelled like a seat's. No two share one, as no lock is to be waited for. */
export const keyOf = (n: number): string => {
	const [hall, section, row] = [n % 40, 101 + (Math.floor(n / 40) % 60), Math.floor(n / 2400)];
	return `hall-${hall}:${section}-${row}-1`;
};
