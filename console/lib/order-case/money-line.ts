import { money } from '../format.ts';
import type { Tone } from '../components/tone.ts';
import { isCompleted } from '../invocation.ts';
import type { OrderFacts, Phase } from './case.ts';
import { phaseOf } from './case.ts';
import { moneyStanding } from './money-standing.ts';
import type { MoneyStanding } from './money-standing.ts';
import type { VerdictLine } from './verdict.ts';

/** Where the money is, and whether that is where it belongs. */
export function moneyLine(facts: OrderFacts): VerdictLine {
	const standing = moneyStanding(facts);
	const phase = phaseOf(facts);
	const short = shortOf(standing, phase);
	const source = standing.now ? 'The gateway says: ' : 'On record, the gateway cannot be asked: ';
	return {
		part: 'money',
		tone: toneOf(standing, phase, facts),
		short,
		text: `${source}${detailOf(standing)}`
	};
}

function shortOf(standing: MoneyStanding, phase: Phase): string {
	const sum = money(standing.amount, standing.currency);
	switch (standing.state) {
		case 'captured':
			return phase === 'undone' ? `${sum} still taken` : `paid ${sum}`;
		case 'authorised':
			return `${sum} authorised, not captured`;
		case 'refunded':
			return `${sum} refunded`;
		case 'partly-refunded':
			return `${money(standing.refunded, standing.currency)} of ${sum} refunded`;
		case 'refunding':
			return `refund of ${sum} pending`;
		case 'unknown':
			return 'payment unknown';
		case 'pending':
			return 'payment pending';
		case 'none':
		case 'declined':
		case 'voided':
			return phase === 'open'
				? 'nothing paid yet'
				: phase === 'bought'
					? 'no money'
					: 'no money kept';
	}
}

function detailOf({ state, amount, refunded, currency }: MoneyStanding): string {
	const sum = money(amount, currency);
	switch (state) {
		case 'captured':
			return `${sum} captured`;
		case 'authorised':
			return `${sum} authorised, not captured`;
		case 'refunded':
			return `${sum} captured and refunded in full`;
		case 'partly-refunded':
			return `${money(refunded, currency)} of ${sum} refunded`;
		case 'refunding':
			return `${sum} captured, its refund is pending`;
		case 'voided':
			return `authorisation of ${sum} voided`;
		case 'declined':
			return 'the card was declined, nothing was taken';
		case 'pending':
			return `payment of ${sum} not decided yet`;
		case 'none':
			return 'no payment of this order';
		case 'unknown':
			return 'nothing yet';
	}
}

const HARMLESS: readonly MoneyStanding['state'][] = ['none', 'declined', 'voided', 'refunded'];

/** What only the record says may have changed at the gateway since, so it is never called sound. */
function toneOf({ state, refunded, now }: MoneyStanding, phase: Phase, facts: OrderFacts): Tone {
	if (phase === 'open') return state === 'authorised' || state === 'captured' ? 'info' : 'mute';
	if (state === 'unknown') return 'warn';
	const sound = now ? 'ok' : 'warn';
	if (phase === 'bought') {
		// A part that an operator gave back is on record; any other went without Nexus.
		const meant = state === 'partly-refunded' && refunded === facts.order.refunded;
		return state === 'captured' || meant ? sound : 'bad';
	}
	if (HARMLESS.includes(state)) return sound;
	return state === 'refunding' || isReturning(facts) ? 'warn' : 'bad';
}

/** Whether something is at work that gives the money back. */
const isReturning = ({ workflow }: OrderFacts): boolean =>
	workflow.ok &&
	[workflow.value.checkout, ...workflow.value.payments].some(
		(each) => each !== null && !isCompleted(each.status)
	);
