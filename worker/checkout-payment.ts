import {
	CancelledError,
	RestatePromise,
	TerminalError
} from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { reserveSeat } from './checkout-order.ts';
import type { Cart } from './checkout-order.ts';
import { paymentSend, ticketOf } from './clients.ts';
import { authorise, returnMoney } from './gateways/payment.ts';
import type { PaymentOrder, Returned, Taken } from './gateways/payment.ts';
import { HOLD_MS, PAYMENT_RETRIES, RETURN_RETRIES } from './policy.ts';

/** What a checkout knows of its buyer's money, from moment to moment. */
export interface Charge extends Taken {
	/** Whether the gateway was asked for money at all. */
	asked: boolean;
	/** What became of it, once it was given back. */
	returned: Returned['status'] | null;
}

/**
 * Reserves the money, and notes in `taken` what is known of it at each moment: in doubt from the
 * first attempt until an answer. When a round of attempts ends without one the hold is extended,
 * once, and a second round begins.
 *
 * @throws TerminalError 402 "Payment Failed: …" when the card is declined or no answer ever came
 */
export async function authorisePayment(
	ctx: Context,
	payment: PaymentOrder,
	taken: Charge
): Promise<string> {
	taken.asked = true;
	taken.inDoubt = payment;
	try {
		taken.intent = await inTwoRounds(ctx, payment);
	} catch (error) {
		if (isDecline(error)) taken.inDoubt = null;
		throw isExhausted(error) ? gaveUp(error) : error;
	}
	taken.inDoubt = null;
	return taken.intent;
}

async function inTwoRounds(ctx: Context, payment: PaymentOrder): Promise<string> {
	const round = (name: string) => ctx.run(name, () => authorise(payment), PAYMENT_RETRIES);
	try {
		return await round('Authorise payment');
	} catch (error) {
		if (!isExhausted(error)) throw error;
		await extendHolds(ctx, payment);
		return round('Authorise payment again');
	}
}

/**
 * Sells the seats to the order. A hold that lapsed while the buyer paid is taken again, on the
 * same seats or not at all.
 *
 * @throws TerminalError 409 when somebody else has one of them by now
 */
export async function confirmSeats(ctx: Context, cart: Cart): Promise<void> {
	const { orderId, seats } = cart;
	const confirmAll = () =>
		RestatePromise.all(
			seats.map((seat) => ticketOf(ctx, seat).confirm({ holdId: orderId, orderId }))
		);
	try {
		await confirmAll();
	} catch (error) {
		if (!isLost(error)) throw error;
		ctx.console.warn('Hold lapsed while paying, taking the same seats again', { orderId });
		try {
			for (const seat of seats) await reserveSeat(ctx, seat, cart);
			await confirmAll();
		} catch (again) {
			throw isLost(again) ? seatsLost(again) : again;
		}
	}
}

/**
 * Compensation of the payment: void, refund, or find out what there is to give back. A gateway that
 * is down for long does not keep the buyer waiting: the order's Payment goes on with it.
 */
export async function settleMoney(ctx: Context, orderId: string, taken: Charge): Promise<void> {
	if (!taken.asked) return;
	const { intent, inDoubt } = taken;
	const known: Taken = { intent, inDoubt };
	const giveBack = () => returnMoney(orderId, known);
	try {
		const [returned] = await ctx.run('Void or refund payment', giveBack, RETURN_RETRIES);
		taken.intent ??= returned?.intent ?? null;
		taken.returned = returned?.status ?? null;
	} catch (error) {
		if (!isExhausted(error)) throw error;
		paymentSend(ctx, orderId).settle(known);
	}
}

const extendHolds = (ctx: Context, { orderId, seats }: PaymentOrder) => {
	const until = Date.now() + HOLD_MS;
	return RestatePromise.all(
		seats.map((seat) => ticketOf(ctx, seat).extend({ holdId: orderId, until }))
	);
};

/** A decline is our own terminal error; a run out of retries is the SDK's, with code 500. */
const isDecline = (error: unknown): boolean => error instanceof TerminalError && error.code === 402;

const isExhausted = (error: unknown): error is TerminalError =>
	error instanceof TerminalError && !(error instanceof CancelledError) && error.code === 500;

const isLost = (error: unknown): error is TerminalError =>
	error instanceof TerminalError && !(error instanceof CancelledError) && error.code === 409;

const gaveUp = (error: TerminalError): TerminalError =>
	new TerminalError(`Payment Failed: no answer in time. ${error.message}`, { errorCode: 402 });

const seatsLost = (error: TerminalError): TerminalError =>
	new TerminalError(
		`Ticket lost: the hold lapsed while you were paying and the seat is gone (${error.message}). ` +
			'Your payment was returned.',
		{ errorCode: 409 }
	);
