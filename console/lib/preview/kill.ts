import { money as amountOf } from '../format.ts';
import { isCompleted } from '../invocation.ts';
import { endedCalls, numbersOf, progressOf, seatsOf, standingOf } from './checkout-parts.ts';
import type { CheckoutFacts, InvocationFacts } from './facts.ts';
import { plainly, say } from './preview.ts';
import type { Consequence, Preview } from './preview.ts';
import { committedSteps, openCalls, sagaOf } from './saga.ts';
import { moment, seatNames } from './words.ts';

const APPROVAL = 'A kill always needs a second person.';

/**
 * What killing a checkout does: nothing is undone now. The seats' own timers and the buyer's
 * session outlive it and settle what it leaves behind.
 */
export function previewCheckoutKill(facts: CheckoutFacts): Preview {
	return plainly(
		[
			say(
				'compensation',
				'It ends at once. NO compensation runs: nothing it has done is undone now.',
				'bad'
			),
			...progressOf(facts),
			...leftSeats(facts),
			leftMoney(facts),
			...settledLater(facts),
			say(
				'person',
				`The call of ${facts.user ?? 'the buyer'} ends with “killed”, and no mail says why.`,
				'warn'
			),
			...endedCalls(openCalls(facts.items), 'killed'),
			say('note', 'Timers and messages that it sent and that have not run go with it.')
		],
		{
			affected: facts.user === null ? [] : [facts.user],
			numbers: { ...numbersOf(facts), seats: 0, amount: null, currency: null },
			refusal: hasEnded(facts),
			approvalFor: APPROVAL
		}
	);
}

function leftSeats(facts: CheckoutFacts): Consequence[] {
	const { keys, views, known } = seatsOf(facts);
	if (!known)
		return [
			say(
				'seat',
				`Its seats stay as they are; by its journal: ${seatNames(keys) || 'none'}.`,
				'warn'
			)
		];
	const held = views.filter(({ status, overdue }) => status === 'RESERVED' || overdue);
	const sold = views.filter(({ status }) => status === 'SOLD');
	const last = Math.max(...held.map(({ reservedUntil }) => reservedUntil ?? 0));
	return [
		...(held.length > 0
			? [
					say(
						'seat',
						`Stays held: ${seatNames(held.map(({ key }) => key))}. The seats’ own timers free them at ${moment(last)}.`,
						'warn'
					)
				]
			: []),
		...(sold.length > 0
			? [
					say(
						'seat',
						`Stays sold to an order that may never be paid: ${seatNames(sold.map(({ key }) => key))}.`,
						'bad'
					)
				]
			: []),
		...(views.length === 0 ? [say('seat', 'It has no seat.')] : [])
	];
}

function leftMoney(facts: CheckoutFacts): Consequence {
	const { state, amount, refunded, currency } = standingOf(facts);
	const sum = amountOf(amount - refunded, currency);
	if (state === 'authorised')
		return say('money', `The authorisation of ${sum} stays on the buyer’s card.`, 'bad');
	if (state === 'captured' || state === 'partly-refunded')
		return say('money', `The ${sum} that was captured stays taken.`, 'bad');
	if (sagaOf(facts.items).payment === 'none') return say('money', 'No money was asked for.');
	return ['declined', 'voided', 'refunded'].includes(state)
		? say('money', 'No money is kept.')
		: say('money', 'Whatever the gateway has authorised by now stays on the buyer’s card.', 'bad');
}

function settledLater({ user, reviewAt, orderId }: CheckoutFacts): Consequence[] {
	if (reviewAt === null)
		return [
			say(
				'note',
				'No timer of the buyer’s session is left to look after the order: it stays as it is.',
				'bad'
			)
		];
	return [
		say(
			'note',
			`At ${moment(reviewAt)} the session of ${user ?? 'the buyer'} looks after the order, and Payment/${orderId} settles it: ` +
				'completed when it is paid and its seats are sold to it, else undone with its money returned.',
			'warn'
		)
	];
}

/** What killing any other invocation does. */
export function previewKill(facts: InvocationFacts): Preview {
	const done = committedSteps(facts.items);
	return plainly(
		[
			say(
				'compensation',
				'It ends at once. NO compensation runs: nothing it has done is undone.',
				'bad'
			),
			say(
				'step',
				done.length > 0
					? `Stays as it is: ${done.map(({ subject, target }) => target?.handler ?? subject ?? 'a step').join(', ')}.`
					: 'It has no finished step that would stay behind.'
			),
			...(facts.key === null
				? []
				: [
						say(
							'note',
							`What it has written to ${facts.service}/${facts.key} stays written.`,
							'warn'
						)
					]),
			...endedCalls(openCalls(facts.items), 'killed'),
			...(facts.waiting > 0
				? [say('note', `Its key is unlocked; ${facts.waiting} waiting behind it go on.`)]
				: []),
			say('note', 'Timers and messages that it sent and that have not run go with it.')
		],
		{
			affected: facts.user === null ? [] : [facts.user],
			refusal: hasEnded(facts),
			approvalFor: APPROVAL
		}
	);
}

const hasEnded = ({ status }: InvocationFacts): string | null =>
	isCompleted(status) ? `It has ended already (${status}): there is nothing to kill.` : null;
