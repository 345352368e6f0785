import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { cancelInvocation, wakeInvocation } from '../invocations.ts';
import { Identifier } from '../schemas.ts';
import { refused } from './action.ts';
import type { Action } from './action.ts';
import { essenceOfInvocation, lookAtInvocation } from './invocation-evidence.ts';
import type { InvocationEvidence } from './invocation-evidence.ts';

const CancelCheckout = z.object({
	invocationId: Identifier,
	expect: z.object({ status: z.string() })
});

type Request = z.infer<typeof CancelCheckout>;

export interface CheckoutCancelled {
	invocationId: string;
}

/** Cancels a checkout that is under way; its compensations free the seats and the money. */
export const cancelCheckout: Action<Request, InvocationEvidence, CheckoutCancelled> = {
	name: 'cancelCheckout',
	schema: CancelCheckout,
	targetOf: ({ invocationId }) => invocationId,
	look: (ctx, { invocationId }) => lookAtInvocation(ctx, invocationId),
	refusalOf: ({ expect }, { id, service, ...evidence }) => {
		if (service !== 'Checkout') {
			const message = `"${id}" is a ${service} invocation: only a checkout can be cancelled here`;
			return { status: 400, message };
		}
		const now = whatNow(evidence);
		return now === undefined ? null : { status: 409, message: moved(expect.status, now) };
	},
	approvalFor: () => approvalFor({ action: 'cancelCheckout' }),
	isFinal: () => true,
	essenceOf: essenceOfInvocation,
	carryOut: async (ctx, { invocationId, expect }, before) => {
		const cancelled = await ctx.run('Cancel checkout', () => cancelInvocation(invocationId));
		if (!cancelled)
			throw refused({ status: 409, message: moved(expect.status, 'it has ended meanwhile') });
		await ctx.run('Wake checkout', () => wakeInvocation(invocationId));
		return {
			before,
			after: { cancelled },
			message:
				'The checkout was told to stop: it gives seats and money back, unless it was through by then',
			invocationIds: [invocationId],
			own: { invocationId }
		};
	}
};

const moved = (seen: string, now: string): string =>
	`Checkout changed since you looked: you saw it ${seen}, ${now}. Nothing was done.`;

/**
 * What has happened to a checkout that can be cancelled no more. That it waits in another way than
 * the operator saw (running, suspended, backing off) changes nothing about what a cancel does.
 */
function whatNow({
	status,
	result,
	cancelRequested
}: Pick<InvocationEvidence, 'status' | 'result' | 'cancelRequested'>): string | undefined {
	if (status === 'completed') return result === 'success' ? 'it has succeeded' : 'it has failed';
	return cancelRequested ? 'it is being cancelled already' : undefined;
}
