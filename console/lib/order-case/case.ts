import type { MoneyReport } from '$shared/money-report.ts';
import type { SeatTransition, SeatView } from '$shared/seat-history.ts';
import type { Invocation } from '../invocation.ts';
import type { OrderRow } from '../order.ts';
import type { Step } from './steps.ts';

/** What one source says, or why it cannot be asked now. */
export type Part<T> = { ok: true; value: T } | { ok: false; message: string };

/** The order's checkout as Restate has it. */
export interface CaseCheckout extends Invocation {
	cancelRequested: boolean;
	steps: Step[];
	/** Its failed attempts and pauses, oldest first. */
	setbacks: Setback[];
}

/** An attempt that failed, or a pause. */
export interface Setback {
	at: number;
	paused: boolean;
	step: string | null;
	message: string;
}

/** What Restate knows of an order. */
export interface Workflow {
	/** Null once its record has expired. */
	checkout: CaseCheckout | null;
	/** Mails and rows of the order: invocations of Notification. */
	notifications: Invocation[];
	/** What goes on with its money apart from the checkout: invocations of Payment. */
	payments: Invocation[];
}

export interface CaseSeat {
	seat: SeatView;
	/** Its record of this order, newest first. */
	history: SeatTransition[];
}

/** Everything known of an order now. */
export interface OrderFacts {
	order: OrderRow;
	seats: Part<CaseSeat[]>;
	money: Part<MoneyReport>;
	workflow: Part<Workflow>;
}

/** What was bought, or is being: an order whose row is not up to date yet goes by its checkout. */
export type Phase = 'open' | 'bought' | 'undone';

export function phaseOf({ order, workflow }: Pick<OrderFacts, 'order' | 'workflow'>): Phase {
	if (order.status === 'CONFIRMED') return 'bought';
	if (order.status !== 'OPEN') return 'undone';
	const status = workflow.ok ? workflow.value.checkout?.status : undefined;
	if (status === 'succeeded') return 'bought';
	return status === 'failed' || status === 'cancelled' ? 'undone' : 'open';
}

/** Whether a seat is this order's, held or bought. */
export const isOurs = (seat: SeatView, orderId: string): boolean =>
	seat.orderId === orderId || seat.holdId === orderId;

/** What each kind of mail is called. */
export const MAIL_NAMES: Record<string, string> = {
	orderConfirmed: 'confirmation mail',
	orderFailed: 'mail about the failed order',
	orderRefunded: 'refund mail',
	resend: 'mail sent again'
};
