import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import type { SeatView } from '../../shared/seat-history.ts';
import { ticketOf } from '../clients.ts';
import { cancelInvocation, readInvocation, wakeInvocation } from '../invocations.ts';
import { Identifier, input } from '../schemas.ts';
import { act, Justification } from './action.ts';

const ForceRelease = z.object({
	...Justification,
	seat: Identifier,
	expect: z.object({ epoch: z.int() }),
	/** Take the seat even from a checkout that is under way, which is cancelled first. */
	force: z.boolean().default(false)
});

export interface ForceReleased {
	outcome: 'done';
	before: SeatView;
	after: SeatView;
}

/**
 * Frees a held seat. A checkout that is under way is not robbed of it unasked: its buyer may be
 * paying this moment. When forced, it is cancelled first, so that it neither takes the seat again
 * nor keeps the money.
 */
export const forceRelease = restate.handlers.handler(
	input(ForceRelease),
	async (
		ctx: restate.Context,
		{ seat, expect, force, reason, ticketRef }: z.infer<typeof ForceRelease>
	): Promise<ForceReleased> =>
		act(ctx, { action: 'forceRelease', target: seat, reason, ticketRef }, async ({ name }) => {
			const before = await ticketOf(ctx, seat).get();
			const checkoutId = before.epoch === expect.epoch ? before.checkoutId : null;
			const owner = checkoutId !== null && (await cancelOwner(ctx, before, checkoutId, force));
			const after = owner
				? await freed(ctx, before)
				: await ticketOf(ctx, seat).forceRelease({ expect, reason, actor: name });
			return {
				before,
				after,
				invocationIds: checkoutId === null ? [] : [checkoutId],
				answer: { outcome: 'done', before, after }
			};
		})
);

/**
 * Cancels the checkout that holds the seat.
 *
 * @returns whether there was one under way
 * @throws TerminalError 409 when there is one and nobody said to force it
 */
async function cancelOwner(
	ctx: restate.Context,
	{ status }: SeatView,
	checkoutId: string,
	force: boolean
): Promise<boolean> {
	if (status === 'SOLD') return false;
	const owner = await ctx.run('Read checkout', () => readInvocation(checkoutId));
	if (!owner || owner.status === 'completed') return false;
	if (!force)
		throw new restate.TerminalError(
			`Seat is held by a checkout that is under way (${checkoutId}): its buyer may be paying. ` +
				'Cancel that checkout, or force the release, which cancels it first.',
			{ errorCode: 409 }
		);
	if (owner.cancelRequested) return true;
	const cancelled = await ctx.run('Cancel checkout', () => cancelInvocation(checkoutId));
	if (cancelled) await ctx.run('Wake checkout', () => wakeInvocation(checkoutId));
	return cancelled;
}

/** The seat, once the cancelled checkout has given it back; it does so before anything else. */
async function freed(ctx: restate.Context, { key, holdId }: SeatView): Promise<SeatView> {
	for (;;) {
		const view = await ticketOf(ctx, key).get();
		if (view.holdId !== holdId) return view;
		await ctx.sleep({ milliseconds: 200 });
	}
}
