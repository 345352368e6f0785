import type { TimelineItem } from '../journal/timeline.ts';

/** How far a checkout has come, by its journal. */
export interface SagaProgress {
	/** Whether the order is on record, as it is once payment is asked for: its end is told by mail. */
	opened: boolean;
	/** Seats that it has, or asks to have, held. */
	held: string[];
	/** Whether the gateway was asked for money. */
	payment: 'none' | 'asked' | 'authorised';
	/** Seats that it has made sold. */
	sold: string[];
	captured: boolean;
}

const AUTHORISE = /^Authorise payment/;

/** Reads a checkout's timeline. */
export function sagaOf(items: readonly TimelineItem[]): SagaProgress {
	const done = ({ pending, failed }: TimelineItem): boolean => !pending && !failed;
	const seats = (handler: string, which: (item: TimelineItem) => boolean) =>
		items
			.filter((item) => item.target?.service === 'Ticket' && item.target.handler === handler)
			.filter(which)
			.flatMap(({ target }) => target?.key ?? []);
	const authorise = items.filter(
		({ kind, subject }) => kind === 'run' && AUTHORISE.test(subject ?? '')
	);
	return {
		opened: authorise.length > 0,
		held: [...new Set(seats('hold', ({ failed }) => !failed))],
		payment: authorise.some(done) ? 'authorised' : authorise.length > 0 ? 'asked' : 'none',
		sold: [...new Set(seats('confirm', done))],
		captured: items.some(
			(item) => item.kind === 'run' && item.subject === 'Capture payment' && done(item)
		)
	};
}

/** Steps that have a result, by name; what was only sent has none to wait for. */
export const committedSteps = (items: readonly TimelineItem[]): TimelineItem[] =>
	items.filter(
		({ kind, pending, failed }) => (kind === 'run' || kind === 'call') && !pending && !failed
	);

/** Calls whose answer it still waits for. */
export const openCalls = (items: readonly TimelineItem[]): TimelineItem[] =>
	items.filter(
		({ kind, pending, invocationId }) => kind === 'call' && pending && invocationId !== null
	);
