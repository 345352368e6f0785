import type { IntentReport } from '$shared/money-report.ts';
import type { PaymentStatus } from '$shared/order.ts';
import type { OrderRow } from '../order.ts';
import type { OrderFacts } from './case.ts';

/** Where an order's money is. */
export interface MoneyStanding {
	state:
		| 'none'
		| 'declined'
		| 'pending'
		| 'authorised'
		| 'captured'
		| 'voided'
		| 'refunding'
		| 'partly-refunded'
		| 'refunded'
		/** The gateway cannot be asked, and nothing is on record. */
		| 'unknown';
	/** Minor units: what is, or was, taken. */
	amount: number;
	/** Of it, what went back. */
	refunded: number;
	currency: string;
	/** Whether the gateway says so now; otherwise it is what the order's record says. */
	now: boolean;
}

/** From the least to the most that an order can have to do with money. */
const WEIGHT: readonly MoneyStanding['state'][] = [
	'none',
	'pending',
	'declined',
	'voided',
	'refunded',
	'refunding',
	'partly-refunded',
	'authorised',
	'captured'
];

/** Where the money is: of several intents, the one that has most to do with it. */
export function moneyStanding({
	order,
	money
}: {
	order: Pick<OrderRow, 'amount' | 'currency' | 'paymentStatus' | 'refunded'>;
	money: OrderFacts['money'];
}): MoneyStanding {
	const { amount, currency } = order;
	if (!money.ok) return { ...onRecord(order), amount, currency, now: false };
	const none: MoneyStanding = { state: 'none', amount, refunded: 0, currency, now: true };
	return money.value.intents
		.map(standingOf)
		.reduce((most, each) => (weight(each) > weight(most) ? each : most), none);
}

function onRecord({
	amount,
	paymentStatus,
	refunded
}: Pick<OrderRow, 'amount' | 'paymentStatus' | 'refunded'>): Pick<
	MoneyStanding,
	'state' | 'refunded'
> {
	const state = paymentStatus === null ? 'unknown' : ON_RECORD[paymentStatus];
	if (state === 'refunded') return { state, refunded: amount };
	return { state: state === 'captured' && refunded > 0 ? 'partly-refunded' : state, refunded };
}

const ON_RECORD: Record<PaymentStatus, MoneyStanding['state']> = {
	requires_capture: 'authorised',
	canceled: 'voided',
	succeeded: 'captured',
	refunded: 'refunded'
};

const weight = ({ state }: MoneyStanding): number => WEIGHT.indexOf(state);

function standingOf(intent: IntentReport): MoneyStanding {
	const sum = (status: string) =>
		intent.refunds
			.filter((refund) => refund.status === status)
			.reduce((total, { amount }) => total + amount, 0);
	const refunded = sum('succeeded');
	const amount = intent.captured > 0 ? intent.captured : intent.amount;
	const base = { amount, refunded, currency: intent.currency, now: true };
	if (intent.captured > 0)
		return { ...base, state: refundState(intent.captured, refunded, sum('pending')) };
	if (intent.status === 'requires_capture') return { ...base, state: 'authorised' };
	if (intent.decline !== null) return { ...base, state: 'declined' };
	return { ...base, state: intent.status === 'canceled' ? 'voided' : 'pending' };
}

function refundState(captured: number, refunded: number, pending: number): MoneyStanding['state'] {
	if (refunded >= captured) return 'refunded';
	if (pending > 0) return 'refunding';
	return refunded > 0 ? 'partly-refunded' : 'captured';
}
