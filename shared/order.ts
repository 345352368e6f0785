/** OPEN from the moment the buyer pays; the others are final, but that CONFIRMED may be refunded. */
export const SETTLED_STATUSES = ['CONFIRMED', 'FAILED', 'CANCELLED', 'REFUNDED'] as const;
export const ORDER_STATUSES = ['OPEN', ...SETTLED_STATUSES] as const;
export type SettledStatus = (typeof SETTLED_STATUSES)[number];
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** What the gateway says of an order's money, from the least to the most final. */
export const PAYMENT_STATUSES = ['requires_capture', 'canceled', 'succeeded', 'refunded'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** An order as D1 keeps it, one row an order. */
export interface Order {
	id: string;
	/** The checkout's invocation ID. */
	invocationId: string;
	eventId: string;
	userId: string;
	email: string | null;
	/** Seat keys. */
	seats: string[];
	/** Minor units of `currency`. */
	amount: number;
	currency: string;
	status: OrderStatus;
	paymentIntent: string | null;
	/** Null while nothing is known. */
	paymentStatus: PaymentStatus | null;
	/** Why it is not, or no longer, confirmed. */
	reason: string | null;
}

const ORDER_PREFIX = 'ord_';
const INVOCATION_PREFIX = 'inv_';

/** The order that a checkout invocation makes: one to one, so each leads to the other. */
export const orderIdOf = (invocationId: string): string =>
	ORDER_PREFIX + invocationId.slice(INVOCATION_PREFIX.length);

/** The checkout invocation behind an order. */
export const invocationIdOf = (orderId: string): string =>
	INVOCATION_PREFIX + orderId.slice(ORDER_PREFIX.length);

const ORDER_ID = /^ord_[0-9A-Za-z]{8,64}$/;

export const isOrderId = (text: string): boolean => ORDER_ID.test(text);
