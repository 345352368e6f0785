import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { readDeployment, removeDeployment as remove } from '../gateways/restate-deployments.ts';
import type { KnownDeployment } from '../gateways/restate-deployments.ts';
import { Identifier } from '../schemas.ts';
import { conflict, refused } from './action.ts';
import type { Action } from './action.ts';

const RemoveDeployment = z.object({
	deploymentId: Identifier,
	expect: z.object({ uri: z.string() }),
	/** Wait until nothing runs on it any more, rather than refuse what still has something. */
	drain: z.boolean().default(false)
});

type Request = z.infer<typeof RemoveDeployment>;

export interface DeploymentRemoved {
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
export const removeDeployment: Action<Request, KnownDeployment, DeploymentRemoved> = {
	name: 'removeDeployment',
	schema: RemoveDeployment,
	targetOf: ({ deploymentId }) => deploymentId,
	look: async (ctx, { deploymentId }) => {
		const found = await read(ctx, deploymentId);
		if (found) return found;
		throw refused({ status: 404, message: `No deployment "${deploymentId}"` });
	},
	refusalOf: ({ expect }, found) => {
		const { inFlight } = found;
		const underWay =
			inFlight > 0
				? `${inFlight} ${inFlight === 1 ? 'invocation' : 'invocations'} under way on it: wait until it is drained`
				: null;
		const why = unfitOf(found, expect.uri) ?? underWay;
		return why === null ? null : conflict(why);
	},
	approvalFor: () => approvalFor({ action: 'removeDeployment' }),
	isFinal: () => true,
	carryOut: async (ctx, { deploymentId }, before) => {
		await ctx.run('Remove deployment', () => remove(deploymentId));
		return {
			before,
			after: null,
			message: 'Restate does not know it any more',
			invocationIds: [],
			own: { deploymentId }
		};
	}
};

const read = (ctx: Context, id: string): Promise<KnownDeployment | null> =>
	ctx.run('Read deployment', () => readDeployment(id));

/** Returns when nothing runs on it any more, or as soon as it is clear that it must not go. */
export async function drain(ctx: Context, request: Request): Promise<void> {
	if (!request.drain) return;
	for (let looks = 1; looks <= LOOKS; looks++) {
		const found = await read(ctx, request.deploymentId);
		if (!found || found.inFlight === 0 || unfitOf(found, request.expect.uri) !== null) return;
		await ctx.sleep({ seconds: Math.min(LONGEST_PAUSE_S, 2 ** looks) });
	}
}

/** Why it must not go however long one waits, in a sentence without its full stop. */
function unfitOf({ uri, latestOf }: KnownDeployment, seenAt: string): string | null {
	if (uri !== seenAt)
		return `Deployment changed since you looked: you saw it at ${seenAt}, it is at ${uri} now`;
	return latestOf.length > 0
		? `New invocations of ${latestOf.join(', ')} run on it: register what replaces it first`
		: null;
}
