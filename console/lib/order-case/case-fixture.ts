import type { IntentReport } from '$shared/money-report.ts';
import { initialSeat } from '$shared/seat.ts';
import type { SeatView } from '$shared/seat-history.ts';
import type { Invocation } from '../invocation.ts';
import type { OrderRow } from '../order.ts';
import type { CaseCheckout, CaseSeat, OrderFacts } from './case.ts';

/** Facts of orders, for tests: a bought one, and what differs from it. */

const AT = Date.UTC(2026, 10, 22, 14, 0);
export const ORDER_ID = 'ord_1abcdefgh';

export const order = (change: Partial<OrderRow> = {}): OrderRow => ({
	id: ORDER_ID,
	invocationId: 'inv_1abcdefgh',
	eventId: 'e',
	userId: 'alice',
	email: 'alice@example.com',
	seats: ['e:A-1', 'e:A-2'],
	amount: 12000,
	currency: 'EUR',
	status: 'CONFIRMED',
	paymentIntent: 'pi_1',
	paymentStatus: 'succeeded',
	refunded: 0,
	reason: null,
	mailId: 'mail-1',
	createdAt: AT,
	updatedAt: AT + 2000,
	...change
});

export const invocation = (change: Partial<Invocation> = {}): Invocation => ({
	id: 'inv_1other',
	status: 'succeeded',
	service: 'Notification',
	key: null,
	handler: 'orderConfirmed',
	createdAt: AT + 1000,
	modifiedAt: AT + 2000,
	completedAt: AT + 2000,
	startsAt: null,
	retryCount: 0,
	nextRetryAt: null,
	failure: null,
	failedStep: null,
	...change
});

export const checkout = (change: Partial<CaseCheckout> = {}): CaseCheckout => ({
	...invocation({ id: 'inv_1abcdefgh', service: 'Checkout', handler: 'checkout' }),
	cancelRequested: false,
	steps: [],
	setbacks: [],
	...change
});

/** A checkout that backs off at a step. */
export const retrying = (step: string): CaseCheckout =>
	checkout({
		status: 'backing-off',
		completedAt: null,
		retryCount: 5,
		nextRetryAt: AT + 60_000,
		failedStep: step,
		failure: { code: 500, message: 'Payment gateway answered 503' }
	});

export const seat = (key: string, change: Partial<SeatView> = {}): CaseSeat => ({
	seat: { ...initialSeat(), key, overdue: false, msLeft: null, ...change },
	history: []
});

export const seats = (change: Partial<SeatView>): OrderFacts['seats'] => ({
	ok: true,
	value: ['e:A-1', 'e:A-2'].map((key) => seat(key, change))
});

export const SOLD = seats({ status: 'SOLD', orderId: ORDER_ID, reservedBy: 'alice' });
export const HELD = seats({ status: 'RESERVED', holdId: ORDER_ID, reservedUntil: AT + 900_000 });
export const FREE = seats({});

export const intent = (change: Partial<IntentReport> = {}): IntentReport => ({
	id: 'pi_1',
	status: 'succeeded',
	currency: 'EUR',
	amount: 12000,
	captured: 12000,
	createdAt: AT,
	canceledAt: null,
	decline: null,
	refunds: [],
	...change
});

export const refund = (amount: number, status = 'succeeded') => ({
	id: `re_${amount}`,
	status,
	amount,
	createdAt: AT + 5000
});

export const money = (...intents: IntentReport[]): OrderFacts['money'] => ({
	ok: true,
	value: { intents, at: AT }
});

export const AUTHORISED = money(intent({ status: 'requires_capture', captured: 0 }));
export const VOIDED = money(intent({ status: 'canceled', captured: 0, canceledAt: AT + 3000 }));
export const REFUNDED = money(intent({ refunds: [refund(12000)] }));

export const workflow = (
	known: CaseCheckout | null,
	rest: { notifications?: Invocation[]; payments?: Invocation[] } = {}
): OrderFacts['workflow'] => ({
	ok: true,
	value: { checkout: known, notifications: [], payments: [], ...rest }
});

/** A bought order, all well, but for what is said. */
export const facts = (change: Partial<OrderFacts> = {}): OrderFacts => ({
	order: order(),
	seats: SOLD,
	money: money(intent()),
	workflow: workflow(checkout(), { notifications: [invocation()] }),
	...change
});
