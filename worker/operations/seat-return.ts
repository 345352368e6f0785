import type { SeatView } from '../../shared/seat-history.ts';

/** What has become of a hold whose checkout was told to give it back. */
export type Return = 'gone' | 'bought' | 'awaited';

/**
 * A sold seat keeps its hold's token, and a cancelled checkout gives that back as well; only one that
 * had ended before the cancel reached it keeps the seat.
 *
 * @param holdId the hold that was to go
 * @param ended whether the checkout had ended before the seat was looked at
 */
export function returnOf(
	{ holdId: now, status }: Pick<SeatView, 'holdId' | 'status'>,
	{ holdId, ended }: { holdId: string | null; ended: boolean }
): Return {
	if (now !== holdId) return 'gone';
	return ended && status === 'SOLD' ? 'bought' : 'awaited';
}
