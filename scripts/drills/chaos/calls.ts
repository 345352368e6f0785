import { orderIdOf } from '../../../shared/order.ts';
import type { SeatView } from '../../../shared/seat-history.ts';
import { ALREADY_SOLD, CURRENTLY_RESERVED } from '../../../shared/seat.ts';
import type { Operation } from '../../linearizability/check.ts';
import type { SeatOperation } from '../../linearizability/seat-register.ts';
import type { Answer } from '../site.ts';

/** What a client of the service did and was told. Times are one clock's, in ms. */
export type Call = { from: number; to: number } & (
	| { call: 'reserve'; seat: string; user: string; answer: Answer | null }
	| { call: 'checkout'; seats: readonly string[]; user: string; order: string; answer: Answer }
	| { call: 'read'; seat: string; view: Pick<SeatView, 'status' | Owner> }
	| { call: 'force-release'; seat: string; forced: boolean; answer: Answer | null }
	| { call: 'refund'; seats: readonly string[]; order: string; answer: Answer | null }
);

type Owner = 'reservedBy' | 'checkoutId' | 'orderId';

type SeatStep = Operation<SeatOperation>;

/** An instant after an answer was received. */
const AFTER_MS = 0.001;

/**
 * What the calls say happened to each seat, and may have happened. An answer of null was lost.
 *
 * @param holdMs how long a hold lasts, unless it is extended
 */
export function seatHistories(calls: readonly Call[], holdMs: number): Map<string, SeatStep[]> {
	const histories = new Map<string, SeatStep[]>();
	for (const call of calls)
		for (const [seat, steps] of stepsOf(call, holdMs))
			histories.set(seat, [...(histories.get(seat) ?? []), ...steps]);
	return histories;
}

function stepsOf(call: Call, holdMs: number): [seat: string, steps: SeatStep[]][] {
	switch (call.call) {
		case 'reserve':
			return [[call.seat, reserved(call, holdMs)]];
		case 'checkout':
			return call.seats.map((seat) => [seat, checkedOut(call, holdMs)]);
		case 'read':
			return [[call.seat, [surely(call, seen(call.view))]]];
		case 'force-release':
			return [[call.seat, freed(call)]];
		case 'refund':
			return call.seats.map((seat) => [seat, refunded(call)]);
	}
}

type During = Pick<SeatStep, 'from' | 'to'>;

const surely = ({ from, to }: During, input: SeatOperation): SeatStep => ({ from, to, input });
const maybe = (during: During, input: SeatOperation): SeatStep => ({
	...surely(during, input),
	optional: true
});

type Of<C extends Call['call']> = Extract<Call, { call: C }>;

function reserved({ from, to, user, ...call }: Of<'reserve'>, holdMs: number): SeatStep[] {
	const answer = decided(call.answer);
	const lapse = maybe({ from: from + holdMs, to: null }, { did: 'lapse', hold: user });
	const take: SeatOperation = { did: 'take', hold: user };
	if (!answer) return [maybe({ from, to: null }, take), lapse];
	if (answer.status === 200) return [surely({ from, to }, take), lapse];
	const refusal = refusalOf(answer);
	return refusal ? [surely({ from, to }, { did: refusal, hold: user })] : [];
}

function checkedOut(call: Of<'checkout'>, holdMs: number): SeatStep[] {
	const { from, to, user, order } = call;
	const answer = decided(call.answer);
	const during = { from, to };
	const take: SeatOperation = { did: 'take', hold: order, handover: user };
	const lapse = maybe({ from: from + holdMs, to: null }, { did: 'lapse', hold: order });
	const confirm: SeatOperation = { did: 'confirm', order };
	const giveBack: SeatOperation = { did: 'give-back', order };
	// An order whose hold lapsed while its buyer paid takes the seat once more.
	const again = { from: from + holdMs, to };
	if (!answer) {
		// Killed, as a rule: what it had is given back later, or kept if it is paid.
		const later = { from, to: null };
		return [maybe(later, take), maybe(later, confirm), maybe(later, giveBack), lapse];
	}
	if (answer.status === 200)
		return [surely(during, take), maybe(again, take), surely(during, confirm), lapse];
	const after = { from: to + AFTER_MS, to: to + AFTER_MS };
	const [only] = call.seats;
	const refusal = call.seats.length === 1 && only !== undefined && refusalOf(answer);
	return [
		...(refusal ? [surely(during, { did: refusal, hold: order, handover: user })] : []),
		maybe(during, take),
		maybe(again, take),
		maybe(during, confirm),
		maybe(during, giveBack),
		maybe(during, giveBack),
		surely(after, { did: 'have-not', order }),
		lapse
	];
}

function freed({ from, to, forced, ...call }: Of<'force-release'>): SeatStep[] {
	const answer = decided(call.answer);
	const release: SeatOperation = { did: 'force-release' };
	if (!answer) return [maybe({ from, to: null }, release)];
	if (answer.status !== 200) return [];
	// A forced one may have had the owner give the seat back instead.
	return [forced ? maybe({ from, to }, release) : surely({ from, to }, release)];
}

/** The seats come back some time after the operator was told that they will. */
function refunded({ from, order, ...call }: Of<'refund'>): SeatStep[] {
	const answer = decided(call.answer);
	if (answer && answer.status !== 200) return [];
	return [maybe({ from, to: null }, { did: 'give-back', order })];
}

function seen({ status, reservedBy, checkoutId, orderId }: Of<'read'>['view']): SeatOperation {
	if (status === 'AVAILABLE') return { did: 'read', seen: 'AVAILABLE' };
	if (status === 'SOLD') return { did: 'read', seen: 'SOLD', order: orderId ?? '' };
	const hold = checkoutId === null ? (reservedBy ?? '') : orderIdOf(checkoutId);
	return { did: 'read', seen: 'RESERVED', hold };
}

function refusalOf({ status, message }: Answer): 'refuse-held' | 'refuse-sold' | undefined {
	if (status !== 409) return undefined;
	if (message === CURRENTLY_RESERVED) return 'refuse-held';
	return message === ALREADY_SOLD ? 'refuse-sold' : undefined;
}

/**
 * An answer that a handler decided to give; without one the call may have gone either way. Restate
 * itself answers for a killed invocation, with 409 "killed".
 */
const decided = (answer: Answer | null): Answer | undefined =>
	answer !== null && answer.status < 500 && answer.message !== 'killed' ? answer : undefined;
