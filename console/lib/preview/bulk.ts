import { BULK_LIMIT, MAX_BULK } from '$shared/change.ts';
import type { InvocationAct } from '$shared/change.ts';
import { isCompleted } from '../invocation.ts';
import type { InvocationStatus } from '../invocation.ts';
import { plainly, say } from './preview.ts';
import type { Preview } from './preview.ts';
import { counted } from './words.ts';

/** What can be done to many at once. */
export const BULK_ACTS = ['cancel', 'retry', 'resume', 'pause', 'kill', 'purge'] as const;
export type BulkAct = Extract<InvocationAct, (typeof BULK_ACTS)[number]>;

/** One of those that were chosen, as it was when the choice was frozen. */
export interface Chosen {
	id: string;
	status: InvocationStatus;
}

const TAKES: Record<BulkAct, (status: InvocationStatus) => boolean> = {
	cancel: (status) => !isCompleted(status),
	kill: (status) => !isCompleted(status),
	retry: (status) => status === 'backing-off',
	resume: (status) => status === 'paused',
	pause: (status) => status === 'running' || status === 'backing-off',
	purge: isCompleted
};

const WHAT: Record<BulkAct, string> = {
	cancel:
		'Each stops; of those that are checkouts the compensations run, so seats come free and money goes back.',
	kill: 'Each ends at once. NO compensation runs: seats, money and locks stay as they are until timers settle them.',
	retry: 'Each is tried again at once; what failed before fails again while its cause lasts.',
	resume: 'Each goes on from where it stopped, on the code it began on.',
	pause:
		'Each makes no further attempt until it is resumed; its key stays locked and its seats stay held.',
	purge: 'Restate forgets each: journal, result and idempotency key. What it did stays done.'
};

/** What a bulk change does, by what it finds. Those that ended or moved on meanwhile refuse one by one. */
export function previewBulk(act: BulkAct, chosen: readonly Chosen[]): Preview {
	const counts = countBy(chosen.map(({ status }) => status));
	const taken = [...counts].filter(([status]) => TAKES[act](status));
	const left = [...counts].filter(([status]) => !TAKES[act](status));
	const total = taken.reduce((sum, [, n]) => sum + n, 0);
	return plainly(
		[
			say(
				'step',
				total > 0
					? `${counted(total, 'invocation')}: ${taken.map(([status, n]) => `${n} ${status}`).join(', ')}.`
					: 'No invocation that this can be done to.'
			),
			say('note', WHAT[act], act === 'kill' ? 'bad' : 'warn'),
			...(left.length > 0
				? [
						say(
							'note',
							`Will be refused, as things are: ${left.map(([status, n]) => `${n} ${status}`).join(', ')}.`,
							'warn'
						)
					]
				: []),
			say(
				'note',
				'One by one, in a durable job that can be stopped; one that has moved on meanwhile is refused and left alone.'
			)
		],
		{
			numbers: { seats: 0, amount: null, currency: null },
			refusal: whyNot(chosen.length, total),
			approvalFor: approvalFor(act, chosen.length)
		}
	);
}

function whyNot(chosen: number, total: number): string | null {
	if (chosen === 0) return 'Nothing is chosen, or nothing matches any more.';
	if (chosen > MAX_BULK) return `More than ${MAX_BULK} match: narrow the filter.`;
	return total === 0 ? 'None of them is in a state for this.' : null;
}

function approvalFor(act: BulkAct, items: number): string | null {
	if (act === 'kill') return 'A kill always needs a second person.';
	return items > BULK_LIMIT ? `More than ${BULK_LIMIT} at once need a second person.` : null;
}

function countBy<T>(values: readonly T[]): Map<T, number> {
	const counts = new Map<T, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}
