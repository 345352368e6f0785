import { isCompleted } from '../invocation.ts';
import type { InvocationFacts } from './facts.ts';
import { plainly, say } from './preview.ts';
import type { Preview } from './preview.ts';
import { committedSteps } from './saga.ts';
import { counted, moment } from './words.ts';

/** What the acts do that neither undo nor end anything. */

const about = ({ service, handler }: InvocationFacts): string => `${service}.${handler}`;

const kept = ({ items }: InvocationFacts): string => {
	const done = committedSteps(items).length;
	return done === 0
		? ''
		: `; its ${counted(done, 'finished step')} ${done === 1 ? 'is' : 'are'} not run again`;
};

/** Trying again now instead of at the next time-out. */
export function previewRetry(facts: InvocationFacts): Preview {
	const when = facts.nextRetryAt === null ? '' : ` instead of at ${moment(facts.nextRetryAt)}`;
	return plainly(
		[
			say('step', `${about(facts)} is tried again at once${when}${kept(facts)}.`),
			...(facts.failure === null
				? []
				: [
						say(
							'note',
							`Its last attempt failed with: ${facts.failure}. It fails again while that lasts.`,
							'warn'
						)
					])
		],
		{
			refusal:
				facts.status === 'backing-off'
					? null
					: `It does not wait for another attempt: it is ${facts.status}.`
		}
	);
}

/** Going on after a pause, on the code it began on or on the latest. */
export function previewResume(facts: InvocationFacts, latest: boolean): Preview {
	const { deployment } = facts;
	const moves = latest && deployment !== null && deployment.latest !== deployment.id;
	return plainly(
		[
			say('step', `${about(facts)} goes on from where it stopped${kept(facts)}.`),
			moves
				? say(
						'note',
						`It goes on with the code of ${deployment.latest ?? 'the latest deployment'} instead of ${deployment.id}. ` +
							'If that takes other steps than the journal has, it fails and waits again.',
						'warn'
					)
				: say(
						'note',
						`It stays on the code it began on${deployment ? ` (${deployment.id})` : ''}.`
					),
			...(facts.failure === null ? [] : [say('note', `It stopped with: ${facts.failure}.`, 'warn')])
		],
		{
			refusal: facts.status === 'paused' ? null : `It is not paused: it is ${facts.status}.`
		}
	);
}

/** Holding it still. */
export function previewPause(facts: InvocationFacts): Preview {
	return plainly(
		[
			say('step', `${about(facts)} makes no further attempt until somebody resumes it.`, 'warn'),
			...(facts.key === null
				? []
				: [
						say(
							'note',
							`The key ${facts.key} stays locked meanwhile${facts.waiting > 0 ? `: ${facts.waiting} waiting behind it wait on` : ''}.`,
							'warn'
						)
					]),
			...(facts.service === 'Checkout'
				? [say('seat', 'Its seats stay held until their holds end, and its buyer waits.', 'warn')]
				: [])
		],
		{
			refusal:
				facts.status === 'running' || facts.status === 'backing-off'
					? null
					: `Only one that runs or waits for another attempt can be paused; this one is ${facts.status}.`
		}
	);
}

/** Forgetting one that has ended. */
export function previewPurge(facts: InvocationFacts): Preview {
	return plainly(
		[
			say(
				'note',
				`Restate forgets ${about(facts)}: its journal, its result and its idempotency key.`,
				'warn'
			),
			say('note', 'The same request sent again under that key would be carried out again.', 'bad'),
			say('step', 'What it did stays done. Its order, its log lines and the audit are kept.')
		],
		{
			refusal: isCompleted(facts.status)
				? null
				: `Only one that has ended can be purged; this one is ${facts.status}.`
		}
	);
}
