import { parseSeatKey } from '$shared/seat-key.ts';
import { money } from '../format.ts';
import type { InvocationTarget } from '../invocation.ts';
import type { OrderRow } from '../order.ts';
import type { Fact } from './describe.ts';

/** What an invocation is for, in a sentence of the box office; null where there is none. */
export function summarise(
	{ service, handler }: Pick<InvocationTarget, 'service' | 'handler'>,
	facts: readonly Fact[],
	order: Pick<OrderRow, 'amount' | 'currency'> | null
): string | null {
	const sentence = SENTENCES[`${service}.${handler}`];
	if (!sentence) return null;
	const value = (kind: Fact['kind']) => facts.find((fact) => fact.kind === kind)?.value;
	const seats = facts.filter(({ kind }) => kind === 'seat').map((fact) => seatName(fact.value));
	return sentence
		.replace('{user}', value('user') ?? 'a buyer')
		.replace('{seats}', seatsOf(seats))
		.replace('{amount}', order ? ` for ${money(order.amount, order.currency)}` : '')
		.replace('{event}', value('event') ?? 'an event');
}

const SENTENCES: Record<string, string> = {
	'Checkout.checkout': 'Sells {seats} to {user}{amount}',
	'Ticket.reserve': 'Holds {seats} for {user}',
	'Ticket.hold': 'Holds {seats} for a checkout of {user}',
	'Ticket.confirm': 'Makes {seats} sold',
	'Ticket.release': 'Gives {seats} back',
	'Ticket.extend': 'Extends the hold of {seats}',
	'Ticket.expire': 'Ends the hold of {seats}, if it has lapsed',
	'Ticket.forceRelease': 'Frees {seats} for an operator',
	'UserSession.open': 'Notes a new order in the session of {user}',
	'UserSession.close': 'Notes the end of an order in the session of {user}',
	'UserSession.review': 'Looks after an order of {user} that may have been left open',
	'Payment.observe': 'Notes what the gateway says of an order’s money{amount}',
	'Payment.settle': 'Settles the money of an order{amount}',
	'Payment.reconcile': 'Settles an order whose checkout is gone{amount}',
	'Notification.orderOpened': 'Records a new order of {user}{amount}',
	'Notification.orderConfirmed': 'Records a confirmed order of {user}{amount}, and mails it',
	'Notification.orderFailed': 'Records a failed order of {user}{amount}, and mails it',
	'Notification.orderRefunded': 'Records a refund to {user}{amount}, and mails it',
	'Notification.resend': 'Mails {user} again',
	'Operations.forceRelease': 'An operator frees {seats}',
	'Operations.cancelCheckout': 'An operator cancels a checkout',
	'Operations.refundOrder': 'An operator refunds an order{amount}',
	'Operations.resendEmail': 'An operator has an order’s mail sent again',
	'StripeWebhook.receive': 'Takes a message of the payment gateway',
	'Event.publish': 'Publishes {event}'
};

const seatName = (key: string): string => parseSeatKey(key)?.seatId ?? key;

const NAMED = 3;

function seatsOf(seats: readonly string[]): string {
	const [first] = seats;
	if (first === undefined) return 'a seat';
	if (seats.length === 1) return `seat ${first}`;
	const named = seats.slice(0, NAMED).join(', ');
	return `${seats.length} seats (${named}${seats.length > NAMED ? ', …' : ''})`;
}
