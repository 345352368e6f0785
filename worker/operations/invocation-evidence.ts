import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { readInvocation } from '../invocations.ts';
import type { Invocation } from '../invocations.ts';
import { refused } from './action.ts';
import { phaseOf } from './invocation-phase.ts';

export type InvocationEvidence = Invocation;

/** @throws TerminalError 404 when Restate knows no such invocation */
export async function lookAtInvocation(ctx: Context, id: string): Promise<InvocationEvidence> {
	const found = await ctx.run('Read invocation', () => readInvocation(id));
	if (!found) throw refused({ status: 404, message: `No invocation "${id}"` });
	return found;
}

/** One that is under way goes from running to suspended to backing off, and is still the same. */
export const essenceOfInvocation = ({ status, ...invocation }: InvocationEvidence) => ({
	...invocation,
	phase: phaseOf(status)
});
