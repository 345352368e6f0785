import { CancelledError, TerminalError } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { env } from 'cloudflare:workers';
import type { Order } from '../shared/order.ts';
import { reserveSeat } from './checkout-order.ts';
import type { Cart } from './checkout-order.ts';
import { notify, paymentSend, ticketOf } from './clients.ts';
import { authorise, returnMoney } from './gateways/payment.ts';
import type { PaymentOrder, Returned, Taken } from './gateways/payment.ts';
import { recordOrder } from './orders.ts';
import { HOLD_MS, PAYMENT_RETRIES, RECORD_MS, RETURN_RETRIES } from './policy.ts';
import { answers } from './saga.ts';

/** What a checkout knows of its buyer's money, from moment to moment. */
export interface Charge extends Taken {
	/** Whether the gateway was asked for money at all. */
	asked: boolean;
	/** What became of it, once it was given back. */
	returned: Returned['status'] | null;
	/** Whether it goes on being given back without the checkout. */
	goesOn: boolean;
}

/** Before the gateway was asked for anything. */
export const noCharge = (): Charge => ({
	...{ asked: false, intent: null, inDoubt: null, returned: null, goesOn: false }
});

/**
 * Reserves the money, and notes in `taken` what is known of it at each moment: in doubt from the
 * first attempt until an answer. When a round of attempts ends without one the hold is extended,
 * once, and a second round begins. From the first attempt on the order is on record.
 *
 * @throws TerminalError 402 "Payment Failed: …" when the card is declined or no answer ever came
 */
export async function authorisePayment(
	ctx: Context,
	order: Order,
	payment: PaymentOrder,
	taken: Charge
): Promise<string> {
	taken.asked = true;
	taken.inDoubt = payment;
	try {
		const { intent, recorded } = await inTwoRounds(ctx, order, payment);
		taken.intent = intent;
		if (!recorded) {
			ctx.console.warn('Order is not on record yet, sending it on', { orderId: order.id });
			notify(ctx).orderOpened(order);
		}
	} catch (error) {
		if (isDecline(error)) taken.inDoubt = null;
		throw isExhausted(error) ? gaveUp(error) : error;
	}
	taken.inDoubt = null;
	return taken.intent;
}

interface Authorised {
	intent: string;
	/** Whether D1 took the order's row meanwhile. */
	recorded: boolean;
}

async function inTwoRounds(ctx: Context, order: Order, payment: PaymentOrder): Promise<Authorised> {
	const attempt = () => authoriseOnRecord(order, payment);
	const round = (name: string) => ctx.run(name, attempt, PAYMENT_RETRIES);
	try {
		return await round('Authorise payment');
	} catch (error) {
		if (!isExhausted(error)) throw error;
		await extendHolds(ctx, payment);
		return round('Authorise payment again');
	}
}

/**
 * Asks the gateway and puts the order on record at the same time: its row takes D1 less time than
 * the bank takes, and a message of its own would be two more calls of the Worker. A D1 that fails
 * or is slow fails no payment.
 */
async function authoriseOnRecord(order: Order, payment: PaymentOrder): Promise<Authorised> {
	const row = written(recordOrder(env.DB, order, Date.now()));
	try {
		const intent = await authorise(payment);
		return { intent, recorded: await row };
	} finally {
		await row;
	}
}

/** Whether a row was written, and in time. */
async function written(row: Promise<void>): Promise<boolean> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<boolean>((resolve) => {
		timer = setTimeout(() => resolve(false), RECORD_MS);
	});
	const done = row.then(
		() => true,
		() => false
	);
	const answer = await Promise.race([done, late]);
	clearTimeout(timer);
	return answer;
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
		answers(seats.map((seat) => ticketOf(ctx, seat).confirm({ holdId: orderId, orderId })));
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
export async function settleMoney(
	ctx: Context,
	{ orderId, userId }: Pick<Cart, 'orderId' | 'userId'>,
	taken: Charge
): Promise<void> {
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
		paymentSend(ctx, orderId).settle({ ...known, userId });
		taken.goesOn = true;
	}
}

const extendHolds = (ctx: Context, { orderId, seats }: PaymentOrder) => {
	const until = Date.now() + HOLD_MS;
	return answers(seats.map((seat) => ticketOf(ctx, seat).extend({ holdId: orderId, until })));
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
