import type { BulkOutcome, BulkView, ChangeAction } from '../../shared/change.ts';

/** Items that are worked on at once, and between two of which a job can be stopped. */
export const CHUNK = 10;

/** How many outcomes the view shows without being asked for more. */
const NEWEST = 50;

/** A job as it is stored, apart from its items and their outcomes. */
export interface Job extends BulkView {
	/** The chunk that is next. */
	next: number;
}

export const chunksOf = (total: number): number => Math.ceil(total / CHUNK);

export const beginJob = (
	changeId: string,
	action: ChangeAction,
	total: number,
	now: number
): Job => ({
	...{ changeId, action, total },
	...{ done: 0, refused: 0, skipped: 0, next: 0 },
	status: 'under-way',
	startedAt: now,
	endedAt: null,
	newest: []
});

/** The job after one more chunk. */
export function addOutcomes(job: Job, outcomes: readonly BulkOutcome[]): Job {
	const count = (outcome: BulkOutcome['outcome']) =>
		outcomes.filter((each) => each.outcome === outcome).length;
	return {
		...job,
		done: job.done + count('done'),
		refused: job.refused + count('refused'),
		next: job.next + 1,
		newest: [...[...outcomes].reverse(), ...job.newest].slice(0, NEWEST)
	};
}

/** Whether nothing is left to do, or nothing more is to be done. */
export const isOver = (job: Job): boolean =>
	job.status === 'stopping' || job.next >= chunksOf(job.total);

/** The job at its end: whatever was not tried is skipped. */
export function endJob(job: Job, now: number): Job {
	const skipped = job.total - job.done - job.refused;
	return { ...job, skipped, status: skipped > 0 ? 'stopped' : 'finished', endedAt: now };
}

/** What became of all of it, in a sentence. */
export const sumUp = ({ total, done, refused, skipped }: Job): string =>
	[
		`${done} of ${total} done`,
		...(refused > 0 ? [`${refused} refused`] : []),
		...(skipped > 0 ? [`${skipped} not tried, since it was stopped`] : [])
	].join(', ');
