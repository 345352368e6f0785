import type { Tone } from '../components/tone.ts';
import type { OrderFacts } from './case.ts';
import { mailLine } from './mail-line.ts';
import { moneyLine } from './money-line.ts';
import { seatLine } from './seat-line.ts';
import { workflowLine } from './workflow-line.ts';

/** What one part of an order comes to. */
export interface VerdictLine {
	part: 'money' | 'seats' | 'workflow' | 'mail';
	tone: Tone;
	/** For the headline; empty where it goes without saying. */
	short: string;
	/** A sentence; `at` follows it as a time. */
	text: string;
	at?: number | null;
	invocationId?: string;
}

/** The answer to: where are the money, the seats and the workflow step? */
export interface Verdict {
	tone: Tone;
	headline: string;
	lines: VerdictLine[];
	/** What an operator can do about it; null where nothing needs doing. */
	advice: string | null;
}

/** From the one that needs no look to the one that needs it most. */
const TONES: readonly Tone[] = ['mute', 'accent', 'ok', 'info', 'warn', 'bad'];

/** Puts everything known of an order into words. */
export function verdictOf(facts: OrderFacts): Verdict {
	const lines = [moneyLine(facts), seatLine(facts), workflowLine(facts), mailLine(facts)];
	const shorts = lines.map(({ short }) => short).filter((short) => short !== '');
	return {
		tone: lines
			.map(({ tone }) => tone)
			.reduce((worst, tone) => (TONES.indexOf(tone) > TONES.indexOf(worst) ? tone : worst)),
		headline: capitalised(shorts.join(', ')),
		lines,
		advice: adviceOf(facts, lines)
	};
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function adviceOf({ order, workflow }: OrderFacts, lines: readonly VerdictLine[]): string | null {
	const bad = (part: VerdictLine['part']) =>
		lines.some((line) => line.part === part && line.tone === 'bad');
	const status = workflow.ok ? workflow.value.checkout?.status : undefined;
	if (status === 'paused')
		return 'Once its cause is gone, resume the checkout; cancelling it returns the money and frees the seats.';
	if (status === 'backing-off')
		return 'It goes on by itself when its cause is gone; cancelling the checkout returns the money and frees the seats.';
	if (bad('money') && order.status !== 'OPEN' && order.status !== 'CONFIRMED')
		return 'The buyer has neither seat nor money: refund the order, or settle it from the worklist.';
	if (order.status === 'CONFIRMED' && bad('seats'))
		return 'Refund the order, or give the buyer other seats: it has paid for seats that it does not have.';
	if (order.status === 'CONFIRMED' && bad('mail'))
		return 'The seats are the buyer’s all the same; correct the cause and resend the mail.';
	return null;
}
