import { money } from '../shared/money.ts';
import type { Order } from '../shared/order.ts';

export interface MailText {
	subject: string;
	text: string;
}

/** Tells the buyer that the seats are theirs. */
export const confirmationMail = (order: Order): MailText => ({
	subject: `Booking confirmed: ${seatCount(order)} for ${order.eventId}`,
	text: [
		`Your booking is confirmed.`,
		``,
		`Order:  ${order.id}`,
		`Event:  ${order.eventId}`,
		`Seats:  ${seatLabels(order)}`,
		`Paid:   ${price(order)}`
	].join('\n')
});

/** Tells the buyer that nothing was bought, and that no money was kept. */
export const failureMail = (order: Order): MailText => ({
	subject: `Booking not completed: ${seatCount(order)} for ${order.eventId}`,
	text: [
		`Your booking was not completed: ${order.reason ?? 'unknown reason'}.`,
		`The seats were released and no money was kept.`,
		``,
		`Order:  ${order.id}`,
		`Event:  ${order.eventId}`,
		`Seats:  ${seatLabels(order)}`
	].join('\n')
});

/** Tells the buyer that the order was refunded and the seats given back. */
export const refundMail = (order: Order): MailText => ({
	subject: `Booking refunded: ${seatCount(order)} for ${order.eventId}`,
	text: [
		`Your booking was refunded: ${order.reason ?? 'at your request'}.`,
		``,
		`Order:    ${order.id}`,
		`Event:    ${order.eventId}`,
		`Seats:    ${seatLabels(order)}`,
		`Refunded: ${price(order)}`
	].join('\n')
});

/** Tells the buyer that a part of the money comes back and the seats stay theirs. */
export const partRefundMail = (order: Order, amount: number): MailText => ({
	subject: `Part of your payment returned: ${money(amount, order.currency)} for ${order.eventId}`,
	text: [
		`A part of what you paid was returned. Your seats stay yours.`,
		``,
		`Order:    ${order.id}`,
		`Event:    ${order.eventId}`,
		`Seats:    ${seatLabels(order)}`,
		`Refunded: ${money(amount, order.currency)}`
	].join('\n')
});

/** The mail that fits an order as it stands; undefined while it is still under way. */
export function mailOf(order: Order): MailText | undefined {
	switch (order.status) {
		case 'OPEN':
			return undefined;
		case 'CONFIRMED':
			return confirmationMail(order);
		case 'REFUNDED':
			return refundMail(order);
		case 'FAILED':
		case 'CANCELLED':
			return failureMail(order);
	}
}

const seatCount = ({ seats }: Order): string =>
	seats.length === 1 ? '1 seat' : `${seats.length} seats`;

const seatLabels = ({ seats, eventId }: Order): string =>
	seats.map((seat) => seat.slice(eventId.length + 1)).join(', ');

const price = ({ amount, currency }: Order): string => money(amount, currency);
