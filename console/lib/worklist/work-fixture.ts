import type { MoneyReport } from '$shared/money-report.ts';
import type { Hold } from '../attention.ts';
import type { OrderRow } from '../order.ts';
import type { LiveInvocation, StoredSeat, WorkFacts } from './facts.ts';

/** A world in which nothing needs anybody, and parts of it to put a fault into. */

export const NOW = 10_000_000;
export const CHECKOUT = 'inv_checkout1';
export const ORDER = 'ord_checkout1';
export const SEAT = 'gala:A-1';
export const INTENT = 'pi_1';
/** Long enough ago for every threshold but that of refunds. */
export const LONG_AGO = NOW - 60 * 60_000;

export const facts = (change: Partial<WorkFacts> = {}): WorkFacts => ({
	now: NOW,
	readAt: NOW,
	invocations: [],
	blind: false,
	holds: [],
	ended: new Map(),
	locks: [],
	deployments: [],
	orders: new Map(),
	doubtful: new Set(),
	seats: [],
	mailsDue: [],
	money: new Map(),
	settlers: new Map(),
	...change
});

export const invocation = (change: Partial<LiveInvocation> = {}): LiveInvocation => ({
	id: CHECKOUT,
	service: 'Checkout',
	key: null,
	handler: 'checkout',
	status: 'running',
	createdAt: NOW - 10_000,
	modifiedAt: NOW - 1000,
	runningAt: NOW - 10_000,
	retryCount: 0,
	failure: null,
	failedStep: null,
	deploymentId: null,
	caller: null,
	...change
});

export const hold = (change: Partial<Hold> = {}): Hold => ({
	seat: SEAT,
	holder: 'ada',
	until: NOW + 600_000,
	checkoutId: CHECKOUT,
	changedAt: LONG_AGO,
	epoch: 1,
	...change
});

export const order = (change: Partial<OrderRow> = {}): OrderRow => ({
	id: ORDER,
	invocationId: CHECKOUT,
	eventId: 'gala',
	userId: 'ada',
	email: 'ada@example.com',
	seats: [SEAT],
	amount: 5000,
	currency: 'EUR',
	status: 'CONFIRMED',
	paymentIntent: INTENT,
	paymentStatus: 'succeeded',
	refunded: 0,
	reason: null,
	mailId: 'mail_1',
	createdAt: LONG_AGO,
	updatedAt: LONG_AGO,
	...change
});

export const sold = (change: Partial<StoredSeat> = {}): StoredSeat => ({
	key: SEAT,
	status: 'SOLD',
	reservedBy: 'ada',
	reservedUntil: null,
	checkoutId: CHECKOUT,
	orderId: ORDER,
	changedAt: LONG_AGO,
	...change
});

export const ordersOf = (...orders: OrderRow[]): WorkFacts['orders'] =>
	new Map(orders.map((each) => [each.id, each]));

/** What the gateway says of the order: one intent, captured unless told otherwise. */
export const says = (
	change: Partial<MoneyReport['intents'][number]> = {},
	orderId = ORDER
): WorkFacts['money'] =>
	new Map([
		[
			orderId,
			{
				ok: true,
				value: {
					at: NOW,
					intents: [
						{
							id: INTENT,
							status: 'succeeded',
							currency: 'EUR',
							amount: 5000,
							captured: 5000,
							createdAt: LONG_AGO,
							canceledAt: null,
							decline: null,
							refunds: [],
							...change
						}
					]
				}
			}
		]
	]);

/** An order in doubt with its seat and its money. */
export const doubt = (
	row: OrderRow,
	seats: StoredSeat[],
	money: WorkFacts['money'] = says()
): WorkFacts => facts({ orders: ordersOf(row), doubtful: new Set([row.id]), seats, money });
