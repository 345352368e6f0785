import type { Context } from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { decideSeat } from '../../shared/seat.ts';
import type { LapsedHold, SeatState } from '../../shared/seat.ts';
import type { SeatView } from '../../shared/seat-history.ts';
import { ticketOf } from '../clients.ts';
import { cancelInvocation, readInvocation, wakeInvocation } from '../invocations.ts';
import { Identifier } from '../schemas.ts';
import { conflict, refused } from './action.ts';
import type { Action, Effect, Refusal } from './action.ts';
import { phaseOf } from './invocation-phase.ts';
import { lookAtSeat, storedSeat } from './seat-evidence.ts';
import type { HoldingCheckout, SeatEvidence } from './seat-evidence.ts';
import { returnOf } from './seat-return.ts';

const ForceRelease = z.object({
	seat: Identifier,
	expect: z.object({ epoch: z.int() }),
	/** Take the seat even from a checkout that is under way, which is cancelled first. */
	force: z.boolean().default(false)
});

type Request = z.infer<typeof ForceRelease>;

export interface ForceReleased {
	before: SeatView;
	after: SeatView;
}

/** What the way back needs: the hold as it was, and the epoch that its release left. */
interface Inverse {
	epoch: number;
	hold: LapsedHold;
}

/**
 * Frees a held seat. A checkout that is under way is not robbed of it unasked: its buyer may be
 * paying this moment. When forced, it is cancelled first, so that it neither takes the seat again
 * nor keeps the money.
 */
export const forceRelease: Action<Request, SeatEvidence, ForceReleased> = {
	name: 'forceRelease',
	schema: ForceRelease,
	targetOf: ({ seat }) => seat,
	look: (ctx, { seat }) => lookAtSeat(ctx, seat),
	refusalOf: ({ expect, force }, { seat, checkout }): Refusal | null => {
		const decision = decideRelease(seat, expect);
		if (!decision.ok) return decision.rejection;
		if (checkout === null || force) return null;
		const message =
			`Seat is held by a checkout that is under way (${checkout.id}): its buyer may be paying. ` +
			'Cancel that checkout, or force the release, which cancels it first.';
		return { status: 409, message };
	},
	approvalFor: ({ force }, { checkout }) =>
		approvalFor({ action: 'forceRelease', force, paying: checkout?.paying ?? false }),
	isFinal: (_, { checkout }) => checkout !== null,
	carryOut: async (ctx, { seat, expect }, { checkout }, { operator, reason }) => {
		const before = await ticketOf(ctx, seat).get();
		// No checkout is cancelled for a hold that is another's by now.
		const still = decideRelease(storedSeat(before), expect);
		if (!still.ok) throw refused(still.rejection);
		const yielded = checkout !== null && (await cancelOwner(ctx, checkout));
		const after = yielded
			? await freed(ctx, before, checkout)
			: await ticketOf(ctx, seat).forceRelease({ expect, reason, actor: operator.name });
		return effectOf(before, after, checkout);
	},
	reverse: async (ctx, seat, inverse, { operator, reason }) => {
		const { epoch, hold } = inverse as Inverse;
		if (hold.until <= (await ctx.date.now()))
			throw refused({
				status: 409,
				message: 'There is no way back: the hold would have lapsed by now. Nothing was done.'
			});
		const before = await ticketOf(ctx, seat).get();
		const after = await ticketOf(ctx, seat).holdAgain({
			expect: { epoch },
			hold,
			reason,
			actor: operator.name
		});
		const message = `The seat is held again for ${hold.userId}, until its hold would have ended`;
		return { before, after, message, invocationIds: [] };
	}
};

const decideRelease = (seat: SeatState, { epoch }: Request['expect']) =>
	decideSeat(seat, { type: 'force-release', epoch }, 0);

function effectOf(
	before: SeatView,
	after: SeatView,
	checkout: HoldingCheckout | null
): Effect<ForceReleased> {
	const { reservedBy: userId, holdId, heldAt, reservedUntil: until } = before;
	const hold =
		userId === null || holdId === null || heldAt === null || until === null
			? undefined
			: { userId, holdId, heldAt, until };
	return {
		before,
		after,
		message: checkout
			? 'The checkout was cancelled and has given the seat back'
			: 'The hold is gone: the seat is free',
		invocationIds: checkout === null ? [] : [checkout.id],
		own: { before, after },
		...(hold && after.status === 'AVAILABLE' ? { inverse: { epoch: after.epoch, hold } } : {})
	};
}

/** Cancels the checkout that holds the seat. @returns whether it was there to be cancelled */
async function cancelOwner(
	ctx: Context,
	{ id, cancelRequested }: HoldingCheckout
): Promise<boolean> {
	if (cancelRequested) return true;
	const cancelled = await ctx.run('Cancel checkout', () => cancelInvocation(id));
	if (cancelled) await ctx.run('Wake checkout', () => wakeInvocation(id));
	return cancelled;
}

/**
 * The seat, once the cancelled checkout has given it back; it does so before anything else.
 *
 * @throws TerminalError 409 when the checkout was through before the cancel reached it
 */
async function freed(
	ctx: Context,
	{ key, holdId }: SeatView,
	{ id }: HoldingCheckout
): Promise<SeatView> {
	let ended = false;
	for (;;) {
		const view = await ticketOf(ctx, key).get();
		const become = returnOf(view, { holdId, ended });
		if (become === 'gone') return view;
		if (become === 'bought')
			throw refused(conflict('The seat was bought before the cancel reached its checkout'));
		if (view.status === 'SOLD')
			ended = await ctx.run('Look at checkout', async () => {
				const checkout = await readInvocation(id);
				return !checkout || phaseOf(checkout.status) === 'completed';
			});
		await ctx.sleep({ milliseconds: 200 });
	}
}
