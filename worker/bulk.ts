import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { CHANGE_ACTIONS, invocationOfChange, isChangeId } from '../shared/change.ts';
import type { BulkOutcome, BulkView } from '../shared/change.ts';
import { ROLES } from '../shared/operator-token.ts';
import { writeAudit } from './audit-write.ts';
import { WarrantInput } from './bulk/item.ts';
import type { ItemResult } from './bulk/item.ts';
import { addOutcomes, beginJob, CHUNK, endJob, isOver, sumUp } from './bulk/job.ts';
import type { Job } from './bulk/job.ts';
import { bulkSend, changeSend, operationsOf } from './clients.ts';
import { requireOperator } from './operator.ts';
import { ACTIONS } from './operations/actions.ts';
import type { Warrant } from './operations/action.ts';
import { input, UNRECORDED } from './schemas.ts';

/**
 * A bulk change as a job, by the ID of its change. It works through its items chunk by chunk, each by
 * a message to itself, so that its progress can be read and it can be stopped in between, and goes on
 * by itself whoever restarts. Items and outcomes are kept chunk by chunk and read only when needed.
 */

const Load = z.object({ chunk: z.int(), items: z.array(z.unknown()) });
const Start = z.object({
	action: z.enum(CHANGE_ACTIONS),
	total: z.int(),
	warrant: WarrantInput
});
const Work = z.object({ chunk: z.int() });
const Page = z.object({ from: z.int().min(0).default(0) }).default({ from: 0 });

/** Outcomes that are read at once, in chunks. */
const PAGE_CHUNKS = 50;

/** Items come in parts of this many bytes at most. */
const MAX_PART_BYTES = 2 * 1024 * 1024;

interface BulkStore extends restate.TypedState {
	job: Job;
	warrant: Warrant;
	[chunk: `items/${number}`]: unknown[];
	[chunk: `outcomes/${number}`]: BulkOutcome[];
}

type Context = restate.ObjectContext<BulkStore>;
type Reader = restate.ObjectSharedContext<BulkStore>;

const internal = <Schema extends z.ZodType>(schema: Schema) => ({
	...input(schema, MAX_PART_BYTES),
	ingressPrivate: true
});

export const bulk = restate.object({
	name: 'Bulk',
	options: { enableLazyState: true },
	handlers: {
		/** Takes in a part of the items, from a chunk on, before the job may begin. */
		load: restate.handlers.object.exclusive(
			internal(Load),
			(ctx: Context, { chunk, items }: z.infer<typeof Load>): Promise<void> => {
				for (let start = 0; start < items.length; start += CHUNK)
					ctx.set(`items/${chunk + start / CHUNK}`, items.slice(start, start + CHUNK));
				return Promise.resolve();
			}
		),

		start: restate.handlers.object.exclusive(
			internal(Start),
			async (ctx: Context, request: z.infer<typeof Start>): Promise<void> => {
				const { action, total, warrant } = request;
				ctx.set('warrant', warrant);
				ctx.set('job', beginJob(ctx.key, action, total, await ctx.date.now()));
				bulkSend(ctx, ctx.key).work({ chunk: 0 });
			}
		),

		/** One chunk. It names the chunk it means; a stale one does nothing. */
		work: restate.handlers.object.exclusive(
			internal(Work),
			async (ctx: Context, { chunk }: z.infer<typeof Work>): Promise<void> => {
				const job = await ctx.get('job');
				if (!job || job.next !== chunk || job.endedAt !== null) return;
				const worked = isOver(job) ? job : await workOn(ctx, job);
				if (isOver(worked)) {
					await finish(ctx, worked);
					return;
				}
				ctx.set('job', worked);
				bulkSend(ctx, ctx.key).work({ chunk: worked.next });
			}
		),

		/** Stops after the chunk that is under way. @throws TerminalError 404, or 409 when it is over */
		stop: restate.handlers.object.exclusive(
			{ ingressPrivate: true },
			async (ctx: Context): Promise<BulkView> => {
				const job = await ctx.get('job');
				if (!job) throw notFound(ctx.key);
				if (job.status !== 'under-way')
					throw new restate.TerminalError(`The job is ${job.status}. Nothing was done.`, {
						errorCode: 409
					});
				const stopping: Job = { ...job, status: 'stopping' };
				ctx.set('job', stopping);
				return viewOf(stopping);
			}
		),

		/** Forgets a job, or items whose job never began. */
		drop: restate.handlers.object.exclusive({ ingressPrivate: true }, (ctx: Context) => {
			ctx.clearAll();
			return Promise.resolve();
		}),

		/** How it stands. For operators of any role. */
		get: restate.handlers.object.shared(UNRECORDED, async (ctx: Reader): Promise<BulkView> => {
			return viewOf(await readableJob(ctx));
		}),

		/** What became of its items, some at a time, in their order. For operators of any role. */
		outcomes: restate.handlers.object.shared(
			{ ...input(Page), ...UNRECORDED },
			async (
				ctx: Reader,
				{ from }: z.infer<typeof Page>
			): Promise<{ outcomes: BulkOutcome[]; next: number | null }> => {
				const job = await readableJob(ctx);
				const last = Math.min(from + PAGE_CHUNKS, Math.ceil(job.total / CHUNK));
				const outcomes: BulkOutcome[] = [];
				for (let chunk = from; chunk < last; chunk++)
					outcomes.push(...(await outcomesOf(ctx, job, chunk)));
				return { outcomes, next: last * CHUNK < job.total ? last : null };
			}
		)
	}
});

export type Bulk = typeof bulk;

async function workOn(ctx: Context, job: Job): Promise<Job> {
	const { action, next } = job;
	const warrant = await ctx.get('warrant');
	const items = (await ctx.get(`items/${next}`)) ?? [];
	if (!warrant) return { ...job, status: 'stopping' };
	const results = await restate.RestatePromise.all(
		items.map((item) =>
			operationsOf(ctx)
				.carryOutItem({ action, item, warrant })
				.map((result, failure) => result ?? brokenOff(ACTIONS[action].targetOf(item), failure))
		)
	);
	const outcomes = results.map(({ target, outcome, message }) => ({ target, outcome, message }));
	ctx.set(`outcomes/${next}`, outcomes);
	await writeAudit(
		ctx,
		results.map((result, index) => recordOf(job, warrant, next * CHUNK + index, result))
	);
	return addOutcomes(job, outcomes);
}

/** An item whose own call was stopped from outside does not stop the job. */
function brokenOff(target: string, failure: restate.TerminalError | undefined): ItemResult {
	const message = `It was broken off (${failure?.message ?? 'no answer'}): look what it has done`;
	const nothing = { before: null, after: { refused: message }, invocationIds: [] };
	return { target, outcome: 'refused', message, ...nothing };
}

const recordOf = (
	{ changeId, action }: Job,
	{ operator, reason, ticketRef, requestId }: Warrant,
	number: number,
	{ target, outcome, before, after, invocationIds }: ItemResult
) => ({
	id: `${invocationOfChange(changeId)}/${number}`,
	actor: operator,
	...{ action, target, reason, ticketRef, outcome, before, after, invocationIds },
	...{ requestId, changeId }
});

async function finish(ctx: Context, job: Job): Promise<void> {
	const ended = endJob(job, await ctx.date.now());
	ctx.set('job', ended);
	const { total, done, refused, skipped } = ended;
	changeSend(ctx, ctx.key).finish({
		message: sumUp(ended),
		after: { total, done, refused, skipped }
	});
	ctx.console.info('Bulk change ended', { changeId: ctx.key, total, done, refused, skipped });
}

async function outcomesOf(ctx: Reader, job: Job, chunk: number): Promise<BulkOutcome[]> {
	if (chunk < job.next) return (await ctx.get(`outcomes/${chunk}`)) ?? [];
	if (job.endedAt === null) return [];
	const items = (await ctx.get(`items/${chunk}`)) ?? [];
	const action = ACTIONS[job.action];
	const message = 'Not tried, since the job was stopped';
	return items.map((item) => ({ target: action.targetOf(item), outcome: 'skipped', message }));
}

async function readableJob(ctx: Reader): Promise<Job> {
	await requireOperator(ctx, ROLES);
	if (!isChangeId(ctx.key))
		throw new restate.TerminalError('The key is not the ID of a change', { errorCode: 400 });
	const job = await ctx.get('job');
	if (!job) throw notFound(ctx.key);
	return job;
}

function viewOf(job: Job): BulkView {
	const { changeId, action, total, done, refused, skipped } = job;
	const { status, startedAt, endedAt, newest } = job;
	const counts = { total, done, refused, skipped };
	return { changeId, action, ...counts, status, startedAt, endedAt, newest };
}

const notFound = (id: string): restate.TerminalError =>
	new restate.TerminalError(`No job "${id}": it has not begun, or is forgotten`, {
		errorCode: 404
	});
