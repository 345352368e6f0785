import type { SeatView } from '$shared/seat-history.ts';
import { money as amountOf } from '../format.ts';
import { isOurs } from '../order-case/case.ts';
import { moneyStanding } from '../order-case/money-standing.ts';
import type { MoneyStanding } from '../order-case/money-standing.ts';
import type { CheckoutFacts } from './facts.ts';
import { say } from './preview.ts';
import type { Consequence, Preview } from './preview.ts';
import { sagaOf } from './saga.ts';
import type { SagaProgress } from './saga.ts';
import { callName, counted, listed, seatNames } from './words.ts';

/** The parts that the previews of a checkout's end have in common. */

/** The seats that are this checkout's now; where they cannot be read, those its journal names. */
export function seatsOf({ seats, orderId, items }: CheckoutFacts): {
	keys: string[];
	views: SeatView[];
	known: boolean;
} {
	if (!seats.ok) return { keys: sagaOf(items).held, views: [], known: false };
	const views = seats.value.filter((seat) => isOurs(seat, orderId));
	return { keys: views.map(({ key }) => key), views, known: true };
}

/** Of a checkout that has not begun to pay. */
const NO_ORDER = { amount: 0, currency: 'eur', paymentStatus: null, refunded: 0 };

/** Where the buyer's money is. Without an order on record the gateway's word is all there is. */
export const standingOf = ({
	order,
	money
}: Pick<CheckoutFacts, 'order' | 'money'>): MoneyStanding =>
	moneyStanding({ order: order ?? NO_ORDER, money });

/** What has been done so far, in one sentence; none when nothing has. */
export function progressOf(facts: CheckoutFacts): Consequence[] {
	const saga = sagaOf(facts.items);
	const standing = standingOf(facts);
	const sum = standing.amount > 0 ? ` of ${amountOf(standing.amount, standing.currency)}` : '';
	const steps = [
		...(saga.held.length > 0 ? [`${counted(saga.held.length, 'seat')} held`] : []),
		...(saga.payment === 'asked' ? [`payment${sum} asked for, not answered`] : []),
		...(saga.payment === 'authorised' ? [`payment${sum} authorised`] : []),
		...(saga.sold.length > 0 ? [`${counted(saga.sold.length, 'seat')} made sold`] : []),
		...(saga.captured ? ['money captured'] : [])
	];
	return [
		say(
			'step',
			steps.length > 0
				? `So far: ${listed(steps)}.`
				: 'So far it has done nothing that is to be undone.'
		)
	];
}

/** What happens to the money when the checkout's compensation gives it back. */
export function returnedMoney(facts: CheckoutFacts, saga: SagaProgress): Consequence {
	const standing = standingOf(facts);
	const sum = amountOf(standing.amount, standing.currency);
	switch (standing.state) {
		case 'authorised':
			return say('money', `The authorisation of ${sum} is voided: no money is kept.`, 'ok');
		case 'captured':
		case 'partly-refunded':
			return say(
				'money',
				`${amountOf(standing.amount - standing.refunded, standing.currency)} goes back to the buyer’s card.`,
				'warn'
			);
		case 'refunding':
			return say('money', `The refund of ${sum} is pending at the gateway already.`);
		case 'declined':
		case 'voided':
		case 'refunded':
			return say('money', 'No money is kept: there is nothing to give back.');
		case 'pending':
			return say(
				'money',
				`The payment of ${sum}, not decided yet, is looked up and voided.`,
				'warn'
			);
		case 'none':
		case 'unknown':
			break;
	}
	if (saga.payment === 'none') return say('money', 'No money was asked for, so none moves.');
	return facts.money.ok
		? say(
				'money',
				'The gateway was asked for money and knows of none yet: whatever it turns out to have authorised is looked up and voided.',
				'warn'
			)
		: say(
				'money',
				`Whatever was taken is voided or refunded; how much cannot be told now: ${facts.money.message.replace(/\.$/, '')}.`,
				'warn'
			);
}

/** How the buyer is told of an order that did not come to be. */
export function toldByMail(
	facts: Pick<CheckoutFacts, 'user' | 'email'>,
	opened: boolean
): Consequence {
	const buyer = facts.user ?? 'the buyer';
	if (!opened) return say('mail', 'Its order is not on record yet, so no mail is sent.');
	return facts.email === null
		? say('mail', `${buyer} left no address, so nobody is told by mail.`, 'warn')
		: say('mail', `${buyer} is told by mail to ${facts.email}.`);
}

/** Calls under way that go down with their caller. */
export const endedCalls = (
	calls: readonly { target: Parameters<typeof callName>[0] | null; invocationId: string | null }[],
	how: 'cancelled' | 'killed'
): Consequence[] =>
	calls.map(({ target, invocationId }) =>
		say(
			'child',
			`The call ${target ? callName(target) : ''} (${invocationId ?? ''}) under way is ${how} with it.`,
			'warn'
		)
	);

export const comeFree = (keys: readonly string[]): string =>
	`${counted(keys.length, 'seat comes', 'seats come')} free: ${seatNames(keys)}.`;

export function numbersOf(facts: CheckoutFacts): Preview['numbers'] {
	const standing = standingOf(facts);
	const moves = ['authorised', 'captured', 'partly-refunded'].includes(standing.state);
	return {
		seats: seatsOf(facts).keys.length,
		amount: moves ? standing.amount - standing.refunded : null,
		currency: moves ? standing.currency : null
	};
}
