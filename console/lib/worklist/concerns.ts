import { invocationIdOf, isOrderId, orderIdOf } from '$shared/order.ts';
import { parseSeatKey } from '$shared/seat-key.ts';
import type { Money } from '../overview/overview.ts';
import type { OrderRow } from '../order.ts';
import type { LiveInvocation, WorkFacts } from './facts.ts';
import type { Finding, Subject } from './item.ts';

/** Whom and what an invocation or an order concerns, as far as one reading tells. */
export type Concerned = Pick<
	Finding,
	'seats' | 'orders' | 'invocations' | 'buyer' | 'affected' | 'money'
>;

/** The order that an invocation makes, settles or tells of; undefined for any other work. */
export function orderOf({ id, service, key, caller }: LiveInvocation): string | undefined {
	if (service === 'Checkout') return orderIdOf(id);
	if (service === 'Payment') return key !== null && isOrderId(key) ? key : undefined;
	if (service !== 'Notification' || caller === null) return undefined;
	if (caller.service === 'Checkout') return orderIdOf(caller.id);
	// `Payment/<order>/<handler>`.
	const named = caller.target.split('/')[1] ?? '';
	return isOrderId(named) ? named : undefined;
}

/** What is known of an order: by its row, or before there is one by the seats its checkout holds. */
export function concernedBy(facts: WorkFacts, orderId: string): Concerned {
	const order = facts.orders.get(orderId);
	const checkout = invocationIdOf(orderId);
	const held = facts.holds.filter(({ checkoutId }) => checkoutId === checkout);
	const buyers = order ? [order.userId] : [...new Set(held.flatMap(({ holder }) => holder ?? []))];
	return {
		seats: order?.seats ?? held.map(({ seat }) => seat),
		orders: order ? [orderId] : [],
		invocations: [checkout],
		buyer: buyers,
		affected: Math.max(1, buyers.length),
		money: order ? amountOf(order) : null
	};
}

export const amountOf = ({ amount, currency }: OrderRow): Money => ({ amount, currency });

/** An order that has a row is one; a checkout that has none yet is an invocation. */
export const subjectOf = (facts: WorkFacts, orderId: string): Subject =>
	facts.orders.has(orderId)
		? { type: 'order', id: orderId }
		: { type: 'invocation', id: invocationIdOf(orderId) };

/** The events that seats and orders belong to. */
export const eventsOf = (facts: WorkFacts, { seats, orders }: Finding): string[] => [
	...new Set([
		...seats.flatMap((seat) => parseSeatKey(seat)?.eventId ?? []),
		...orders.flatMap((id) => facts.orders.get(id)?.eventId ?? [])
	])
];

/** `1 seat`, `3 seats`. */
export const some = (n: number, one: string, many = `${one}s`): string =>
	`${n} ${n === 1 ? one : many}`;
