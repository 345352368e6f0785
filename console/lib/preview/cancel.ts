import { isCompleted } from '../invocation.ts';
import {
	comeFree,
	endedCalls,
	numbersOf,
	progressOf,
	returnedMoney,
	seatsOf,
	toldByMail
} from './checkout-parts.ts';
import type { CheckoutFacts, InvocationFacts } from './facts.ts';
import { plainly, say } from './preview.ts';
import type { Consequence, Preview } from './preview.ts';
import { committedSteps, openCalls, sagaOf } from './saga.ts';
import { seatNames } from './words.ts';

/** What cancelling a checkout does: its compensations run, in reverse. */
export function previewCheckoutCancel(facts: CheckoutFacts): Preview {
	const saga = sagaOf(facts.items);
	return plainly(
		hasBegun(facts)
			? [
					...progressOf(facts),
					...released(facts),
					returnedMoney(facts, saga),
					say(
						'compensation',
						`The order is closed in the session of ${facts.user ?? 'its buyer'}.`
					),
					toldByMail(facts, saga.opened),
					say('person', 'The buyer’s call ends with “Cancelled”.'),
					...endedCalls(openCalls(facts.items), 'cancelled'),
					...woken(facts)
				]
			: [say('note', 'It has not begun: it goes without a trace, and there is nothing to undo.')],
		{
			affected: facts.user === null ? [] : [facts.user],
			numbers: numbersOf(facts),
			refusal: whyNot(facts)
		}
	);
}

function released(facts: CheckoutFacts): Consequence[] {
	const { keys, known } = seatsOf(facts);
	if (!known)
		return [
			say(
				'seat',
				`The seats it holds come free; by its journal: ${seatNames(keys) || 'none'}. How they are now cannot be read.`,
				'warn'
			)
		];
	return keys.length > 0
		? [say('seat', comeFree(keys), 'warn')]
		: [say('seat', 'It has no seat to give back.')];
}

/** What cancelling any other invocation does. Only a checkout of Nexus has compensations. */
export function previewCancel(facts: InvocationFacts): Preview {
	const done = committedSteps(facts.items);
	return plainly(
		hasBegun(facts)
			? [
					say(
						'step',
						done.length > 0
							? `Done so far, and not undone: ${done.map(({ subject, target }) => target?.handler ?? subject ?? 'a step').join(', ')}.`
							: 'So far it has done nothing that would stay.'
					),
					say(
						'note',
						`${facts.service}.${facts.handler} stops at what it awaits next. It has no compensations.`
					),
					...endedCalls(openCalls(facts.items), 'cancelled'),
					...(facts.waiting > 0
						? [say('note', `Its key is unlocked; ${facts.waiting} waiting behind it go on.`)]
						: []),
					...woken(facts)
				]
			: [say('note', 'It has not begun: it goes without a trace.')],
		{ affected: facts.user === null ? [] : [facts.user], refusal: whyNot(facts) }
	);
}

const hasBegun = ({ status }: InvocationFacts): boolean =>
	status !== 'scheduled' && status !== 'pending';

/** A cancel alone does not end a wait between two attempts. */
function woken({ status }: InvocationFacts): Consequence[] {
	if (status === 'paused') return [say('note', 'It is paused: the cancel wakes it.')];
	return status === 'backing-off'
		? [say('note', 'It waits between two attempts: it is woken at once.')]
		: [];
}

function whyNot({ status, cancelRequested }: InvocationFacts): string | null {
	if (isCompleted(status)) return `It has ended already (${status}): there is nothing to cancel.`;
	return cancelRequested ? 'It is being cancelled already.' : null;
}
