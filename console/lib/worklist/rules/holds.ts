import { orderIdOf } from '$shared/order.ts';
import { findStuck } from '../../attention.ts';
import type { CheckoutState, StuckSeat } from '../../attention.ts';
import { isCompleted } from '../../invocation.ts';
import { concernedBy, some } from '../concerns.ts';
import type { WorkFacts } from '../facts.ts';
import type { Evidence, Finding } from '../item.ts';
import { cancelCheckout, onInvocation, releaseSeat } from '../proposals.ts';

/**
 * Holds that do not go on: past their time, or of a checkout that is gone, ended or paused. What is
 * stuck is decided where the seat map decides it; a checkout that is tried again is judged by how
 * long (progress.ts), not here.
 */
export function holdFindings(facts: WorkFacts): Finding[] {
	const checkouts = checkoutStates(facts);
	const known = facts.holds.filter(
		({ checkoutId }) =>
			checkoutId === null || checkouts.has(checkoutId) || facts.ended.has(checkoutId)
	);
	const stuck = findStuck(known, checkouts, facts);
	const orphaned = stuck.filter(({ reason }) => reason === 'orphaned' || reason === 'paused');
	const changedAt = new Map(facts.holds.map((hold) => [hold.seat, hold.changedAt]));
	return [
		...stuck.filter(({ reason }) => reason === 'overdue').map((seat) => lapsed(facts, seat)),
		...[...Map.groupBy(orphaned, ({ checkoutId }) => checkoutId ?? '')].map(([id, seats]) =>
			withoutCheckout(facts, id, seats, changedAt)
		)
	];
}

function checkoutStates({ invocations, ended }: WorkFacts): Map<string, CheckoutState> {
	const live = invocations
		.filter(({ service }) => service === 'Checkout')
		.map(({ id, status, retryCount, failure }): [string, CheckoutState] => [
			id,
			{ status, retries: retryCount, failure }
		]);
	const known = [...ended].flatMap(([id, state]): [string, CheckoutState][] =>
		state ? [[id, state]] : []
	);
	return new Map([...live, ...known]);
}

function lapsed(facts: WorkFacts, { seat, why, holder, until, checkoutId }: StuckSeat): Finding {
	return {
		kind: 'lapsed',
		about: { type: 'seat', id: seat },
		why: `${why}. Anyone may reserve it, but it reads as held until somebody does.`,
		evidence: [
			{ label: 'Hold ended', text: '', at: until },
			...(checkoutId === null ? [] : [ofCheckout(facts, checkoutId)])
		],
		since: until ?? facts.now,
		seats: [seat],
		orders: [],
		invocations: checkoutId === null ? [] : [checkoutId],
		buyer: holder === null ? [] : [holder],
		affected: holder === null ? 0 : 1,
		money: null,
		proposals: [releaseSeat(seat)],
		fingerprint: `${until ?? 'never'}/${checkoutId ?? holder ?? ''}`,
		caveat: null
	};
}

function withoutCheckout(
	facts: WorkFacts,
	checkoutId: string,
	seats: readonly StuckSeat[],
	changedAt: ReadonlyMap<string, number>
): Finding {
	const orderId = orderIdOf(checkoutId);
	const concerned = concernedBy(facts, orderId);
	const paused = seats.some(({ reason }) => reason === 'paused');
	const known = paused || facts.ended.get(checkoutId) !== null;
	const [first] = seats;
	const keys = seats.map(({ seat }) => seat);
	const until = first?.until ?? null;
	return {
		kind: 'orphaned',
		about: facts.orders.has(orderId)
			? { type: 'order', id: orderId }
			: known
				? { type: 'invocation', id: checkoutId }
				: { type: 'seat', id: keys[0] ?? '' },
		why:
			`${some(seats.length, 'seat is', 'seats are')} held for nobody who can buy ` +
			`${seats.length === 1 ? 'it' : 'them'}. ${first?.why ?? ''}.`,
		evidence: [
			{ label: 'Held', text: keys.join(', ') },
			{ label: 'Hold ends', text: until === null ? 'never' : '', at: until },
			ofCheckout(facts, checkoutId)
		],
		since: Math.min(...keys.map((key) => changedAt.get(key) ?? facts.now)),
		...concerned,
		seats: keys,
		proposals: paused
			? [onInvocation('resume', checkoutId, 'Resume the checkout'), cancelCheckout(checkoutId)]
			: keys.map(releaseSeat),
		fingerprint: [...keys, until ?? 'never', first?.reason].join('/'),
		caveat: null
	};
}

function ofCheckout({ invocations, ended }: WorkFacts, id: string): Evidence {
	const live = invocations.find((each) => each.id === id);
	const state = ended.get(id);
	const text = live
		? live.status
		: state
			? `${state.status}${isCompleted(state.status) ? '' : ' now'}`
			: 'Restate has no record of it';
	return { label: 'Checkout', text, link: { type: 'invocation', id } };
}
