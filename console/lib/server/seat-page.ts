import type { SeatTransition, SeatView } from '$shared/seat-history.ts';
import type { AuditRecord } from '../audit-record.ts';
import type { Invocation } from '../invocation.ts';
import type { Lock } from '../journal/explain.ts';
import { readLock } from './object-lock.ts';
import { invocationsOfKey } from './invocations.ts';
import { NO_ORDER_FILTER } from '../order-filter.ts';
import type { OrderRow } from '../order.ts';
import { newestActions } from './operator-actions.ts';
import type { Orders } from './orders.ts';
import type { Ports } from './ports.ts';
import { UpstreamError } from './upstream-error.ts';

/** One reading of a seat and of everything that touched it. */
export interface SeatReading {
	seat: SeatView;
	history: SeatTransition[];
	lock: Lock;
	/** The newest invocations on its key, reads left out. */
	invocations: Invocation[];
	/** The newest orders of it; null where they cannot be read now. */
	orders: OrderRow[] | null;
	/** What operators did to it last; null where that cannot be read now. */
	actions: AuditRecord[] | null;
	readAt: number;
}

const INVOCATIONS = 30;
const ORDERS = 10;
/** The shared handlers: they change nothing, and this page calls them every few seconds. */
const READS = ['get', 'history'] as const;

/** Reads a seat. @throws UpstreamError, 404 for one that is not in its event's plan and was never touched */
export async function readSeat(
	{ admin, nexus, orders, audit }: Pick<Ports, 'admin' | 'nexus' | 'orders' | 'audit'>,
	key: string
): Promise<SeatReading> {
	const [seat, history, lock, invocations, bought, actions] = await Promise.all([
		nexus.seat(key),
		nexus.seatHistory(key),
		readLock(admin, 'Ticket', key),
		invocationsOfKey(admin, 'Ticket', key, { limit: INVOCATIONS, without: READS }),
		ordersOf(orders, key),
		newestActions(audit, key)
	]);
	return { seat, history, lock, invocations, orders: bought, actions, readAt: Date.now() };
}

/** Its orders lead to the checkouts that touched it. What else is known of the seat does not wait on D1. */
async function ordersOf(orders: Orders, key: string): Promise<OrderRow[] | null> {
	try {
		return (await orders.list({ ...NO_ORDER_FILTER, term: key }, null, ORDERS)).rows;
	} catch (error) {
		if (error instanceof UpstreamError) return null;
		throw error;
	}
}
