import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { readDeployment, removeDeployment as remove } from '../gateways/restate-deployments.ts';
import type { KnownDeployment } from '../gateways/restate-deployments.ts';
import { Identifier, input } from '../schemas.ts';
import { act, ADMINS, Justification } from './action.ts';

const RemoveDeployment = z.object({
	...Justification,
	deploymentId: Identifier,
	expect: z.object({ uri: z.string() }),
	/** Wait until nothing runs on it any more, rather than refuse what still has something. */
	drain: z.boolean().default(false)
});

export interface DeploymentRemoved {
	outcome: 'done';
	deploymentId: string;
}

/** How often a draining deployment is looked at: soon at first, then once a minute. */
const LONGEST_PAUSE_S = 60;
/** A day's worth of looks; what has not ended by then is for somebody to see to. */
const LOOKS = 24 * 60;

/**
 * Has Restate forget a deployment that is drained. One that still has a service or an invocation is
 * never removed: its invocations could not go on, on that code or on any other.
 */
export const removeDeployment = restate.handlers.handler(
	input(RemoveDeployment),
	async (
		ctx: restate.Context,
		request: z.infer<typeof RemoveDeployment>
	): Promise<DeploymentRemoved> => {
		const { deploymentId, expect, drain, reason, ticketRef } = request;
		const target = { action: 'removeDeployment', target: deploymentId, reason, ticketRef };
		return act(
			ctx,
			target,
			async () => {
				const before = await (drain ? drained(ctx, request) : look(ctx, deploymentId));
				assertRemovable(deploymentId, before, expect.uri);
				await ctx.run('Remove deployment', () => remove(deploymentId));
				const answer = { outcome: 'done' as const, deploymentId };
				return { before, after: null, invocationIds: [], answer };
			},
			ADMINS
		);
	}
);

const look = (ctx: restate.Context, id: string): Promise<KnownDeployment | null> =>
	ctx.run('Read deployment', () => readDeployment(id));

/** The deployment once nothing runs on it, or as soon as it is clear that it must not go. */
async function drained(
	ctx: restate.Context,
	{ deploymentId, expect }: z.infer<typeof RemoveDeployment>
): Promise<KnownDeployment | null> {
	for (let looks = 1; ; looks++) {
		const found = await look(ctx, deploymentId);
		if (!found || found.inFlight === 0 || refusalOf(found, expect.uri) !== null) return found;
		if (looks === LOOKS) return found;
		await ctx.sleep({ seconds: Math.min(LONGEST_PAUSE_S, 2 ** looks) });
	}
}

/** Why it must not go however long one waits. */
function refusalOf({ uri, latestOf }: KnownDeployment, seenAt: string): string | null {
	if (uri !== seenAt)
		return `Deployment changed since you looked: you saw it at ${seenAt}, it is at ${uri} now.`;
	return latestOf.length > 0
		? `New invocations of ${latestOf.join(', ')} run on it: register what replaces it first.`
		: null;
}

function assertRemovable(id: string, found: KnownDeployment | null, seenAt: string): void {
	if (!found) throw new restate.TerminalError(`No deployment "${id}"`, { errorCode: 404 });
	const { inFlight } = found;
	const underWay =
		inFlight > 0
			? `${inFlight} ${inFlight === 1 ? 'invocation' : 'invocations'} under way on it: wait until it is drained.`
			: null;
	const refusal = refusalOf(found, seenAt) ?? underWay;
	if (refusal !== null)
		throw new restate.TerminalError(`${refusal} Nothing was done.`, { errorCode: 409 });
}
