import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BulkOutcome } from '../../shared/change.ts';
import { addOutcomes, beginJob, CHUNK, chunksOf, endJob, isOver, sumUp } from './job.ts';
import type { Job } from './job.ts';

const chunkAt = (total: number, chunk: number): BulkOutcome[] =>
	Array.from({ length: Math.min(CHUNK, total - chunk * CHUNK) }, (_, index) => {
		const number = chunk * CHUNK + index;
		const outcome = number % 3 === 0 ? 'refused' : 'done';
		return { target: `item-${number}`, outcome, message: 'as told' };
	});

/** Works through a job, which somebody stops after some chunks. */
function work(total: number, stopAfter: number): Job {
	let job = beginJob('chg_1', 'resendEmail', total, 1);
	while (!isOver(job)) {
		job = addOutcomes(job, chunkAt(total, job.next));
		if (job.next === stopAfter) job = { ...job, status: 'stopping' };
	}
	return endJob(job, 2);
}

it('accounts for each item once, wherever it is stopped', () => {
	fc.assert(
		fc.property(fc.integer({ min: 1, max: 500 }), fc.nat({ max: 60 }), (total, stopAfter) => {
			const job = work(total, stopAfter);
			expect(job.done + job.refused + job.skipped).toBe(total);
			const stopped = stopAfter > 0 && stopAfter * CHUNK < total;
			expect(job.status).toBe(stopped ? 'stopped' : 'finished');
			expect(job.next).toBe(stopped ? stopAfter : chunksOf(total));
			expect(job.newest.length).toBeLessThanOrEqual(50);
		})
	);
});

it('shows the newest outcome first, and sums up in words', () => {
	const job = work(25, 2);
	expect(job.newest[0]?.target).toBe('item-19');
	expect(sumUp(job)).toBe('13 of 25 done, 7 refused, 5 not tried, since it was stopped');
	expect(sumUp(work(1, 0))).toBe('0 of 1 done, 1 refused');
});
