import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import type { SeatView } from '../../shared/seat-history.ts';
import { ticketOf } from '../clients.ts';
import { Identifier, input } from '../schemas.ts';
import { act, Justification } from './action.ts';

const ForceRelease = z.object({
	...Justification,
	seat: Identifier,
	expect: z.object({ epoch: z.int() })
});

export interface ForceReleased {
	outcome: 'done';
	before: SeatView;
	after: SeatView;
}

/** Frees a held seat. Its timer and its checkout find their hold gone and change nothing. */
export const forceRelease = restate.handlers.handler(
	input(ForceRelease),
	async (
		ctx: restate.Context,
		{ seat, expect, reason, ticketRef }: z.infer<typeof ForceRelease>
	): Promise<ForceReleased> =>
		act(ctx, { action: 'forceRelease', target: seat, reason, ticketRef }, async ({ name }) => {
			const before = await ticketOf(ctx, seat).get();
			const after = await ticketOf(ctx, seat).forceRelease({ expect, reason, actor: name });
			return {
				before,
				after,
				invocationIds: before.checkoutId === null ? [] : [before.checkoutId],
				answer: { outcome: 'done', before, after }
			};
		})
);
