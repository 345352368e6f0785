import type { SeatView } from '$shared/seat-history.ts';
import { isCompleted } from '../invocation.ts';
import type { Invocation } from '../invocation.ts';
import type { OrderRow } from '../order.ts';
import type { Kind } from './kinds.ts';

/** Which changes make sense of a thing as it is now. Whether they are taken, the service decides. */

export const offeredForSeat = ({ status, overdue }: SeatView): Kind[] =>
	overdue ? ['forceRelease'] : status === 'RESERVED' ? ['extendHold', 'forceRelease'] : [];

/** What keeps the record of operators' changes: nobody may end it, or act unseen. */
export const RECORD_KEEPERS: readonly string[] = ['Audit', 'Change', 'Bulk', 'Operations'];

export function offeredForInvocation(
	{ status, service }: Pick<Invocation, 'status' | 'service'>,
	cancelRequested: boolean
): Kind[] {
	const keeper = RECORD_KEEPERS.includes(service);
	if (isCompleted(status)) return keeper ? [] : ['restart', 'purge'];
	return [
		...(status === 'backing-off' ? (['retry'] as const) : []),
		...(status === 'paused' ? (['resume'] as const) : []),
		...(status === 'running' || status === 'backing-off' ? (['pause'] as const) : []),
		...(cancelRequested || keeper
			? []
			: service === 'Checkout'
				? (['cancelCheckout'] as const)
				: (['cancel'] as const)),
		...(keeper ? [] : (['kill'] as const))
	];
}

/** @param kept whether the gateway has money of it that has not gone back */
export const offeredForOrder = ({ status, email }: OrderRow, kept: boolean): Kind[] => [
	...(status !== 'OPEN' && email !== null ? (['resendEmail'] as const) : []),
	...(status === 'CONFIRMED' || (status !== 'OPEN' && kept) ? (['refundOrder'] as const) : [])
];

export const offeredForEvent = (onSale: boolean): Kind[] => [onSale ? 'pauseSale' : 'resumeSale'];
