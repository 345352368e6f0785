import type { SeatView } from '$shared/seat-history.ts';
import { MAX_HOLD_MS } from '$shared/seat.ts';
import { isCompleted } from '../invocation.ts';
import { previewCheckoutCancel } from './cancel.ts';
import type { CheckoutFacts } from './facts.ts';
import { plainly, say } from './preview.ts';
import type { Preview } from './preview.ts';
import { sagaOf } from './saga.ts';
import { moment } from './words.ts';

/**
 * What force-releasing a held seat does.
 *
 * @param checkout the one that holds it; null for a plain hold, and where Restate knows it no more
 * @param force whether a checkout that is under way is cancelled first
 */
export function previewForceRelease(
	seat: SeatView,
	checkout: CheckoutFacts | null,
	force: boolean
): Preview {
	const holder = seat.reservedBy ?? 'nobody';
	const refusal = whyNotReleased(seat);
	if (refusal !== null) return plainly([], { refusal });
	const live = checkout !== null && !isCompleted(checkout.status);
	if (!live)
		return plainly(
			[
				say('seat', `The hold of ${holder} ends: anyone may reserve ${seat.key} at once.`, 'warn'),
				say(
					'money',
					seat.checkoutId === null
						? 'No checkout uses it, so no payment is touched.'
						: 'Its checkout is under way no more, so no payment is touched.'
				),
				say('mail', `${holder} is not told.`)
			],
			{ affected: [holder], numbers: { seats: 1, amount: null, currency: null } }
		);
	if (!force)
		return plainly(
			[say('seat', `Nothing, while a checkout of ${holder} is under way and holds it.`, 'warn')],
			{
				affected: [holder],
				refusal: `Checkout ${checkout.id} is under way, and its buyer may be paying. Cancel that checkout, or have it cancelled first.`
			}
		);
	const cancel = previewCheckoutCancel(checkout);
	return {
		...cancel,
		consequences: [
			say('child', `Checkout ${checkout.id} of ${holder}, under way, is cancelled first.`, 'bad'),
			...cancel.consequences
		],
		refusal: null,
		approvalFor:
			sagaOf(checkout.items).payment === 'none'
				? null
				: 'Taking a seat from a checkout that is paying needs a second person.'
	};
}

function whyNotReleased({ status, overdue }: SeatView): string | null {
	if (status === 'SOLD') return 'It is sold: only a refund of its order frees it.';
	return status === 'AVAILABLE' && !overdue ? 'It is not held: there is nothing to release.' : null;
}

/** The furthest that a hold may be extended to; null for a seat that is not held. */
export const holdLimit = ({ status, heldAt }: SeatView): number | null =>
	status === 'RESERVED' ? (heldAt ?? 0) + MAX_HOLD_MS : null;

/** When a hold ends once it is extended. */
export const extendedUntil = (seat: SeatView, minutes: number): number =>
	Math.min((seat.reservedUntil ?? 0) + minutes * 60_000, holdLimit(seat) ?? 0);

/** What giving a buyer more time does. */
export function previewExtend(seat: SeatView, minutes: number): Preview {
	const holder = seat.reservedBy ?? 'nobody';
	const limit = holdLimit(seat);
	if (limit === null || seat.reservedUntil === null)
		return plainly([], {
			refusal: seat.overdue
				? 'Its hold has lapsed: anyone may reserve it by now.'
				: 'It is not held: there is nothing to extend.'
		});
	const until = extendedUntil(seat, minutes);
	const cut = until < seat.reservedUntil + minutes * 60_000;
	return plainly(
		[
			say(
				'seat',
				`The hold of ${holder} ends at ${moment(until)} instead of ${moment(seat.reservedUntil)}.`
			),
			say(
				'note',
				`A hold lasts 30 minutes at most from its start, which is until ${moment(limit)}${cut ? ': the rest of what was asked is cut off' : ''}.`,
				cut ? 'warn' : 'mute'
			),
			say('person', `Nobody else can reserve ${seat.key} until then; ${holder} is not told.`)
		],
		{
			affected: [holder],
			refusal: until <= seat.reservedUntil ? 'It is held as long as a hold may last already.' : null
		}
	);
}
