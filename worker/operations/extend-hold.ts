import { z } from 'zod';
import { approvalFor } from '../../shared/approval.ts';
import { decideSeat, MAX_HOLD_MS } from '../../shared/seat.ts';
import type { SeatState } from '../../shared/seat.ts';
import { spanInWords } from '../../shared/span.ts';
import type { SeatView } from '../../shared/seat-history.ts';
import { ticketOf } from '../clients.ts';
import { Identifier } from '../schemas.ts';
import { conflict } from './action.ts';
import type { Action } from './action.ts';
import { lookAtSeat } from './seat-evidence.ts';
import type { SeatEvidence } from './seat-evidence.ts';

const ExtendHold = z.object({
	seat: Identifier,
	expect: z.object({ epoch: z.int() }),
	minutes: z.int().min(1).max(15)
});

type Request = z.infer<typeof ExtendHold>;

export interface HoldExtended {
	/** The new end, ms since the epoch. */
	until: number;
	before: SeatView;
	after: SeatView;
}

const MINUTE_MS = 60_000;

/** Gives a buyer more time, within the bound that every hold has. */
export const extendHold: Action<Request, SeatEvidence, HoldExtended> = {
	name: 'extendHold',
	schema: ExtendHold,
	targetOf: ({ seat }) => seat,
	look: (ctx, { seat }) => lookAtSeat(ctx, seat),
	refusalOf: ({ expect, minutes }, { seat, overdue }) => {
		const until = newEnd(seat, minutes);
		const command = { type: 'set-hold-end', epoch: expect.epoch, until } as const;
		const decision = decideSeat(seat, command, 0);
		if (!decision.ok) return decision.rejection;
		if (overdue) return conflict('The hold has lapsed: anybody may take the seat by now');
		return until > (seat.reservedUntil ?? 0)
			? null
			: conflict(`The hold lasts ${MAX_HOLD_MS / MINUTE_MS} minutes already, which is the most`);
	},
	approvalFor: () => approvalFor({ action: 'extendHold' }),
	isFinal: () => false,
	carryOut: async (ctx, { seat, expect, minutes }, evidence, { operator, reason }) => {
		const before = await ticketOf(ctx, seat).get();
		const until = newEnd(evidence.seat, minutes);
		const after = await ticketOf(ctx, seat).setHoldEnd({
			expect,
			until,
			reason,
			actor: operator.name
		});
		return {
			before,
			after,
			message: `The hold ends ${spanInWords(until - (evidence.seat.reservedUntil ?? until))} later`,
			invocationIds: [],
			own: { until, before, after },
			inverse: { epoch: after.epoch, until: evidence.seat.reservedUntil }
		};
	},
	reverse: async (ctx, seat, inverse, { operator, reason }) => {
		const { epoch, until } = inverse as { epoch: number; until: number };
		const before = await ticketOf(ctx, seat).get();
		const after = await ticketOf(ctx, seat).setHoldEnd({
			expect: { epoch },
			until,
			reason,
			actor: operator.name
		});
		const message = 'The hold ends when it would have ended before';
		return { before, after, message, invocationIds: [] };
	}
};

/** Counted from the hold's present end, and never past the bound. */
const newEnd = ({ reservedUntil, heldAt }: SeatState, minutes: number): number =>
	Math.min((reservedUntil ?? 0) + minutes * MINUTE_MS, (heldAt ?? 0) + MAX_HOLD_MS);
