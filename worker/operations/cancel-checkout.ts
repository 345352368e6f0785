import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { cancelInvocation, readInvocation, wakeInvocation } from '../invocations.ts';
import type { Invocation } from '../invocations.ts';
import { Identifier, input } from '../schemas.ts';
import { act, Justification } from './action.ts';

const CancelCheckout = z.object({
	...Justification,
	invocationId: Identifier,
	expect: z.object({ status: z.string() })
});

export interface CheckoutCancelled {
	outcome: 'done';
	invocationId: string;
}

/** Cancels a checkout that is under way; its compensations free the seats and the money. */
export const cancelCheckout = restate.handlers.handler(
	input(CancelCheckout),
	async (
		ctx: restate.Context,
		{ invocationId, expect, reason, ticketRef }: z.infer<typeof CancelCheckout>
	): Promise<CheckoutCancelled> => {
		const target = { action: 'cancelCheckout', target: invocationId, reason, ticketRef };
		return act(ctx, target, async () => {
			const before = await ctx.run('Read invocation', () => readInvocation(invocationId));
			assertCancellable(invocationId, before, expect.status);
			const cancelled = await ctx.run('Cancel invocation', () => cancelInvocation(invocationId));
			if (!cancelled)
				throw new restate.TerminalError(
					`Checkout changed since you looked: you saw it ${expect.status}, it has ended meanwhile. ` +
						'Nothing was done.',
					{ errorCode: 409 }
				);
			await ctx.run('Wake invocation', () => wakeInvocation(invocationId));
			return {
				before,
				after: { cancelled },
				invocationIds: [invocationId],
				answer: { outcome: 'done', invocationId }
			};
		});
	}
);

function assertCancellable(id: string, invocation: Invocation | null, expected: string): void {
	if (!invocation) throw new restate.TerminalError(`No invocation "${id}"`, { errorCode: 404 });
	if (invocation.service !== 'Checkout')
		throw new restate.TerminalError(
			`"${id}" is a ${invocation.service} invocation: only a checkout can be cancelled here`,
			{ errorCode: 400 }
		);
	const now = whatNow(invocation);
	if (now !== undefined)
		throw new restate.TerminalError(
			`Checkout changed since you looked: you saw it ${expected}, ${now}. Nothing was done.`,
			{ errorCode: 409 }
		);
}

/**
 * What has happened to a checkout that can be cancelled no more. That it waits in another way than
 * the operator saw (running, suspended, backing off) changes nothing about what a cancel does.
 */
function whatNow({ status, result, cancelRequested }: Invocation): string | undefined {
	if (status === 'completed') return result === 'success' ? 'it has succeeded' : 'it has failed';
	return cancelRequested ? 'it is being cancelled already' : undefined;
}
