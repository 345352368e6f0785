import { REFUND_LIMIT } from '$shared/change.ts';
import { sumUpMoney } from '$shared/money-report.ts';
import { money as amountOf } from '../format.ts';
import { isOurs } from '../order-case/case.ts';
import { moneyStanding } from '../order-case/money-standing.ts';
import { toldByMail } from './checkout-parts.ts';
import type { OrderFacts } from './facts.ts';
import { plainly, say } from './preview.ts';
import type { Consequence, Preview } from './preview.ts';
import { counted, seatNames } from './words.ts';

/** What is left of an order's money to give back, minor units; null where nobody can tell now. */
export function refundable({ money }: Pick<OrderFacts, 'money'>): number | null {
	if (!money.ok) return null;
	const { paid, returned } = sumUpMoney(money.value);
	return paid - returned;
}

/**
 * What a refund does.
 *
 * @param amount minor units; null for all that is left, which gives the seats back as well
 */
export function previewRefund(facts: OrderFacts, amount: number | null): Preview {
	const { order, money } = facts;
	const left = refundable(facts);
	if (order.status !== 'CONFIRMED') return previewKept(facts, amount, left);
	const goes = amount ?? left ?? order.amount;
	const whole = amount === null || amount === left;
	const returned = money.ok ? sumUpMoney(money.value).returned : 0;
	return plainly(
		[
			...(whole ? wholeGoes(facts, goes) : partGoes(facts, goes)),
			...elsewhere(facts, returned),
			...seatsAfter(facts, whole),
			...(whole
				? [
						say('compensation', `The order is closed in the session of ${order.userId}.`),
						toldByMail({ user: order.userId, email: order.email }, true)
					]
				: [toldOfPart(order)]),
			...(goes > 0 ? [say('note', 'What went back to a card cannot be fetched back.')] : [])
		],
		{
			affected: [order.userId],
			numbers: { seats: whole ? order.seats.length : 0, amount: goes, currency: order.currency },
			refusal: whyNot(facts, amount, left),
			approvalFor: approvalText(goes, returned, order.currency)
		}
	);
}

/** Of an order that is closed: money that the gateway has all the same, as a refund may fail. */
function previewKept(
	{ order, money }: OrderFacts,
	amount: number | null,
	left: number | null
): Preview {
	const returned = money.ok ? sumUpMoney(money.value).returned : 0;
	const goes = left ?? 0;
	return plainly(
		[
			say('money', `${amountOf(goes, order.currency)} goes back to the buyer’s card.`, 'warn'),
			say('seat', 'No seat changes: the order was closed before.'),
			say('note', `The order stays ${order.status}, and nobody is told by mail.`),
			say('note', 'What went back to a card cannot be fetched back.')
		],
		{
			affected: [order.userId],
			numbers: { seats: 0, amount: goes, currency: order.currency },
			refusal: whyNotKept({ order, money }, amount, left),
			approvalFor: approvalText(goes, returned, order.currency)
		}
	);
}

function whyNotKept(
	{ order, money }: Pick<OrderFacts, 'order' | 'money'>,
	amount: number | null,
	left: number | null
): string | null {
	if (order.status === 'OPEN') return 'The order is still open: its checkout settles it.';
	if (left === null) return whyUntold(money);
	if (left <= 0) return `The order is ${order.status}, and the gateway keeps nothing of its money.`;
	return amount === null ? null : 'All that is kept goes back: leave the amount empty.';
}

const whyUntold = (money: OrderFacts['money']): string | null =>
	money.ok
		? null
		: `What there is to refund cannot be told now: ${money.message.replace(/\.$/, '')}.`;

const approvalText = (goes: number, returned: number, currency: string): string | null =>
	goes > 0 && goes + returned > REFUND_LIMIT
		? `A refund of more than ${amountOf(REFUND_LIMIT, currency)} needs a second person.`
		: null;

function wholeGoes({ order, money }: OrderFacts, goes: number): Consequence[] {
	if (goes > 0)
		return [
			say('money', `${amountOf(goes, order.currency)} goes back to the buyer’s card.`, 'warn')
		];
	return [
		moneyStanding({ order, money }).state === 'authorised'
			? say('money', 'The authorisation is voided: no money is taken.', 'warn')
			: say(
					'money',
					'Nothing is left to return: the gateway keeps no money for it. The order is closed.'
				)
	];
}

function partGoes({ order, money }: OrderFacts, goes: number): Consequence[] {
	const { paid, returned } = money.ok
		? sumUpMoney(money.value)
		: { paid: order.amount, returned: 0 };
	const stays = Math.max(0, paid - returned - goes);
	return [
		say(
			'money',
			`${amountOf(goes, order.currency)} of ${amountOf(paid, order.currency)} goes back to the ` +
				`buyer’s card; ${amountOf(stays, order.currency)} stays taken.`,
			'warn'
		)
	];
}

/** Money may have gone back without Nexus: at the gateway itself. */
const elsewhere = ({ order }: OrderFacts, returned: number): Consequence[] =>
	returned > order.refunded
		? [
				say(
					'note',
					`By the gateway, ${amountOf(returned, order.currency)} has gone back already, more than ` +
						`is on record here (${amountOf(order.refunded, order.currency)}): the record is brought up to it.`
				)
			]
		: [];

function seatsAfter({ order, seats }: OrderFacts, whole: boolean): Consequence[] {
	if (!whole)
		return [
			say(
				'seat',
				`${counted(order.seats.length, 'seat stays', 'seats stay')} sold to ${order.userId}: ${seatNames(order.seats)}.`
			)
		];
	if (!seats.ok)
		return [
			say(
				'seat',
				`Its seats come free: ${seatNames(order.seats)}. How they are now cannot be read.`,
				'warn'
			)
		];
	const ours = seats.value.filter((seat) => isOurs(seat, order.id)).map(({ key }) => key);
	const lost = order.seats.filter((key) => !ours.includes(key));
	return [
		...(ours.length > 0
			? [
					say(
						'seat',
						`${counted(ours.length, 'seat comes', 'seats come')} free: ${seatNames(ours)}.`,
						'warn'
					)
				]
			: []),
		...(lost.length > 0
			? [say('seat', `Not this order’s any more, and left alone: ${seatNames(lost)}.`, 'warn')]
			: [])
	];
}

const toldOfPart = (order: OrderFacts['order']): Consequence =>
	order.email === null
		? say('mail', `${order.userId} left no address, so nobody is told by mail.`, 'warn')
		: say('mail', `${order.userId} is told by mail to ${order.email} of the part that went back.`);

function whyNot(
	{ order, money }: OrderFacts,
	amount: number | null,
	left: number | null
): string | null {
	if (left === null) return whyUntold(money);
	if (amount === null || amount <= left) return null;
	return left > 0
		? `Only ${amountOf(left, order.currency)} is left to refund.`
		: 'Nothing is left to refund. Leave the amount empty to close the order, which frees its seats.';
}
