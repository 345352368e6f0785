import type { IntentRecord, MailRecord, OrderRecord, SeatRecord, World } from './integrity.ts';
import { invocationIdOf } from './order.ts';

/** Pieces of a small world for tests of the integrity invariants. */

export const NOW = Date.UTC(2026, 10, 22);
export const HOUR = 60 * 60_000;

export const seat = (key: string, change: Partial<SeatRecord> = {}): SeatRecord => ({
	key,
	status: 'AVAILABLE',
	reservedBy: null,
	reservedUntil: null,
	checkoutId: null,
	orderId: null,
	...change
});

export const sold = (key: string, orderId: string): SeatRecord =>
	seat(key, {
		status: 'SOLD',
		reservedBy: 'alice',
		checkoutId: invocationIdOf(orderId),
		orderId
	});

export const order = (
	id: string,
	seats: string[],
	change: Partial<OrderRecord> = {}
): OrderRecord => ({
	id,
	invocationId: invocationIdOf(id),
	email: `${id}@example.com`,
	seats,
	amount: 5_000 * seats.length,
	status: 'CONFIRMED',
	updatedAt: NOW - HOUR,
	...change
});

export const intent = (orderId: string, change: Partial<IntentRecord> = {}): IntentRecord => ({
	id: `pi_${orderId}`,
	status: 'succeeded',
	orderId,
	received: 5_000,
	refunded: 0,
	createdAt: NOW - HOUR,
	...change
});

export const mail = (orderId: string): MailRecord => ({
	id: `mail_${orderId}`,
	to: [`${orderId}@example.com`],
	idempotencyKey: `order-confirmed/${orderId}`
});

export const checkoutOf = (orderId: string, status = 'running') => ({
	id: invocationIdOf(orderId),
	service: 'Checkout',
	key: null,
	status,
	invokedBy: null
});

/** One of everything that may rightly be there. */
export const cleanWorld = (): World => ({
	now: NOW,
	seats: [
		sold('e:1', 'ord_1'),
		sold('e:2', 'ord_1'),
		seat('e:3', { status: 'RESERVED', reservedBy: 'bob', reservedUntil: NOW - 1_000 }),
		seat('e:4'),
		seat('e:dropped-from-the-plan')
	],
	orders: [
		order('ord_1', ['e:1', 'e:2']),
		order('ord_2', ['e:3'], { status: 'FAILED' }),
		order('ord_3', ['e:4'], { status: 'REFUNDED' }),
		order('ord_4', ['e:5'], { status: 'OPEN', updatedAt: NOW })
	],
	invocations: [{ ...checkoutOf('ord_9', 'paused') }],
	intents: [
		intent('ord_1', { received: 10_000 }),
		intent('ord_2', { status: 'canceled', received: 0 }),
		intent('ord_3', { refunded: 5_000 }),
		intent('ord_4', { status: 'requires_capture', received: 0, createdAt: NOW })
	],
	refunds: [
		{ id: 're_3', intent: 'pi_ord_3', status: 'succeeded', createdAt: NOW - HOUR },
		{ id: 're_4', intent: 'pi_ord_3', status: 'pending', createdAt: NOW - HOUR }
	],
	mails: [
		mail('ord_1'),
		{ ...mail('ord_1'), id: 'again', idempotencyKey: 'order-resend/inv_7' },
		{ ...mail('ord_3'), idempotencyKey: 'order-refunded/ord_3' }
	],
	plans: [{ eventId: 'e', revision: 2, capacity: 5, seats: ['e:1', 'e:2', 'e:3', 'e:4', 'e:5'] }],
	pictures: [
		{
			eventId: 'e',
			revision: 2,
			taken: new Map([
				['e:1', 'SOLD'],
				['e:2', 'RESERVED'],
				['e:3', 'RESERVED']
			]),
			moved: new Set(['e:2'])
		}
	]
});
