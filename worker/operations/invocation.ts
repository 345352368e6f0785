import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { INVOCATION_ACTS } from '../../shared/change.ts';
import type { InvocationAct } from '../../shared/change.ts';
import { actOnInvocation } from '../gateways/restate-admin.ts';
import { readInvocation, restartedAs, wakeInvocation } from '../invocations.ts';
import { Identifier } from '../schemas.ts';
import { conflict, refused } from './action.ts';
import type { Action, Warrant } from './action.ts';
import { essenceOfInvocation, lookAtInvocation } from './invocation-evidence.ts';
import type { InvocationEvidence } from './invocation-evidence.ts';
import { misfitOf, misplaced } from './invocation-rules.ts';

const ActOnInvocation = z.object({
	invocationId: Identifier,
	act: z.enum(INVOCATION_ACTS),
	/** Which code it goes on with: what is registered now, or what it began with. */
	deployment: z.enum(['latest', 'keep']).optional(),
	/** Restart only: the last journal entry that is kept; all begins anew without it. */
	fromEntry: z.int().min(0).optional(),
	expect: z.object({ status: z.string() })
});

type Request = z.infer<typeof ActOnInvocation>;

export interface InvocationActed {
	invocationId: string;
	/** The new invocation of a restart. */
	restartedAs: string | null;
}

const FINAL: ReadonlySet<InvocationAct> = new Set(['cancel', 'restart', 'kill', 'purge']);

const DONE: Readonly<Record<InvocationAct, string>> = {
	cancel: 'It was cancelled: it undoes what it did, and then ends',
	retry: 'It is tried again now',
	resume: 'It goes on',
	pause: 'It is paused: nothing is tried until it is resumed',
	restart: 'It was restarted as a new invocation',
	kill: 'It was killed: nothing that it did is undone by itself',
	purge: 'Restate keeps no record of it any more'
};

/** Acts on an invocation as such, whatever it is in the sale's terms. */
export const invocation: Action<Request, InvocationEvidence, InvocationActed> = {
	name: 'invocation',
	schema: ActOnInvocation,
	targetOf: ({ invocationId }) => invocationId,
	look: (ctx, { invocationId }) => lookAtInvocation(ctx, invocationId),
	refusalOf: ({ act, fromEntry, expect }, found) => {
		const wrong = misplaced(act, fromEntry, found.service);
		if (wrong !== null) return { status: 400, message: wrong };
		const misfit = misfitOf(act, found, expect.status);
		return misfit === null ? null : conflict(misfit);
	},
	approvalFor: ({ act }) => approvalFor({ action: 'invocation', act }),
	isFinal: ({ act }) => FINAL.has(act),
	essenceOf: essenceOfInvocation,
	carryOut: async (ctx, request, before, warrant) => {
		const { invocationId, act } = request;
		const began = await perform(ctx, request, warrant);
		if (act === 'cancel') await ctx.run('Wake invocation', () => wakeInvocation(invocationId));
		return {
			before,
			after: { act, restartedAs: began },
			message: DONE[act],
			invocationIds: [invocationId, ...(began === null ? [] : [began])],
			own: { invocationId, restartedAs: began }
		};
	}
};

/** @returns the new invocation of a restart */
async function perform(ctx: Context, request: Request, { askedAt }: Warrant) {
	const { invocationId: id, act, deployment, fromEntry } = request;
	const parameters = {
		...(deployment && (act === 'resume' || act === 'restart') ? { deployment } : {}),
		...(fromEntry === undefined ? {} : { from: String(fromEntry) })
	};
	switch (act) {
		case 'restart':
			return ctx.run('Restart invocation', () => restart(id, parameters, askedAt));
		case 'kill':
			await ctx.run('Kill invocation', () => kill(id));
			return null;
		case 'purge':
			await ctx.run('Purge invocation', () => ask(id, 'purge', parameters, [404]));
			return null;
		case 'cancel':
			await ctx.run('Cancel invocation', () => ask(id, 'cancel', parameters));
			return null;
		case 'pause':
			await ctx.run('Pause invocation', () => ask(id, 'pause', parameters));
			return null;
		case 'retry':
		case 'resume':
			await ctx.run('Resume invocation', () => ask(id, 'resume', parameters));
			return null;
	}
}

/**
 * @param also statuses that come to the same, such as those of a repeated request
 * @throws TerminalError 409 with what Restate has against it
 */
async function ask(
	id: string,
	act: Parameters<typeof actOnInvocation>[1],
	parameters: Record<string, string> = {},
	also: readonly number[] = []
): Promise<unknown> {
	const { status, body } = await actOnInvocation(id, act, parameters);
	if (status < 300 || also.includes(status)) return body;
	throw refused(conflict(`Restate does not do it (${status}): ${reasonIn(body)}`));
}

const Reason = z.object({ message: z.string() });

function reasonIn(body: unknown): string {
	const read = Reason.safeParse(body);
	return read.success ? read.data.message : JSON.stringify(body);
}

/** A kill that is repeated finds its invocation killed, which is what it is for. */
async function kill(id: string): Promise<void> {
	const { status } = await actOnInvocation(id, 'kill');
	if (status < 300) return;
	const failure = (await readInvocation(id))?.failure ?? '';
	if (/killed/i.test(failure)) return;
	throw refused(conflict('It has ended meanwhile: there is nothing to kill'));
}

const Restarted = z.object({ new_invocation_id: z.string() });

/** Restate would restart it each time it is asked: one that this change began already is kept. */
async function restart(
	id: string,
	parameters: Record<string, string>,
	since: number
): Promise<string> {
	const before = await restartedAs(id, since);
	if (before !== null) return before;
	const body = await ask(id, 'restart-as-new', parameters);
	return Restarted.parse(body).new_invocation_id;
}
