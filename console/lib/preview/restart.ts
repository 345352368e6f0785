import { isCompleted } from '../invocation.ts';
import type { TimelineItem } from '../journal/timeline.ts';
import type { InvocationFacts } from './facts.ts';
import { plainly, say } from './preview.ts';
import type { Preview } from './preview.ts';
import { callName, listed } from './words.ts';

/** A place to begin again from: everything up to it is kept. */
export interface RestartPoint {
	/** Index of the last journal entry that is kept; 0 keeps the input alone. */
	entry: number;
	/** The step that is the first to run again. */
	name: string;
}

const stepName = ({ subject, target, verb }: TimelineItem): string =>
	target ? callName(target) : (subject ?? verb);

const isStep = ({ kind, index }: TimelineItem): boolean =>
	index !== null && ['run', 'call', 'send', 'sleep', 'state', 'signal'].includes(kind);

/**
 * Where an invocation may begin again. A checkout only from its start: the steps it would keep name
 * its old order, and it would be another one.
 */
export function restartPoints({
	items,
	service
}: Pick<InvocationFacts, 'items' | 'service'>): RestartPoint[] {
	const steps = items.filter(isStep);
	const start = { entry: 0, name: 'its beginning' };
	if (service === 'Checkout') return [start];
	return [
		start,
		...steps.slice(1).map((step) => ({ entry: (step.index ?? 1) - 1, name: stepName(step) }))
	];
}

/** What beginning again does: a new invocation, with what it keeps of the old one. */
export function previewRestart(facts: InvocationFacts, from: number): Preview {
	const steps = facts.items.filter(isStep);
	const keeps = steps.filter(({ index }) => (index ?? 0) <= from).map(stepName);
	const again = steps.filter(({ index }) => (index ?? 0) > from).map(stepName);
	const known = restartPoints(facts).some(({ entry }) => entry === from);
	return plainly(
		[
			say(
				'step',
				`A new invocation of ${facts.service}.${facts.handler} begins, with the same input; this one stays as it ended.`
			),
			say(
				'step',
				keeps.length > 0
					? `Kept, and not run again: ${named(keeps)}.`
					: 'Nothing of it is kept but its input.'
			),
			say(
				'step',
				again.length > 0
					? `Runs again: ${named(again)}, and what follows.`
					: 'What follows runs again.',
				'warn'
			),
			...(facts.service === 'Checkout'
				? [
						say(
							'money',
							`It is a new order: ${facts.user ?? 'the buyer'} is charged if it succeeds, and nobody waits for its answer.`,
							'bad'
						)
					]
				: [])
		],
		{
			affected: facts.user === null ? [] : [facts.user],
			refusal: !isCompleted(facts.status)
				? `Only one that has ended can be restarted; this one is ${facts.status}.`
				: facts.items.length === 0
					? 'Restate no longer keeps its journal.'
					: known
						? null
						: 'It has no such step to restart from.'
		}
	);
}

const NAMED = 8;

const named = (names: readonly string[]): string =>
	names.length > NAMED
		? `${names.slice(0, NAMED).join(', ')} and ${names.length - NAMED} more`
		: listed(names);
