import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { decideSeat, MAX_HOLD_MS } from '../shared/seat.ts';
import type { SeatCommand, SeatState } from '../shared/seat.ts';
import {
	appendHistory,
	historyOf,
	isTold,
	mergeHistories,
	migrateSeat,
	viewSeat
} from '../shared/seat-history.ts';
import type { SeatTransition, SeatView, StoredSeat } from '../shared/seat-history.ts';
import { findSeat, offerOf } from './catalog.ts';
import type { Offer } from './catalog.ts';
import { HOLD_MS } from './policy.ts';
import { Identifier, input, UNRECORDED } from './schemas.ts';

/**
 * One seat, the only source of truth for it. Restate runs its exclusive handlers one at a time,
 * so a check and the write that follows need no lock; the rules are in shared/seat.ts.
 *
 * A handler awaits nothing but its own state. The one exception is the plan, which a reserve looks
 * up in the isolate's catalog; when even D1 cannot tell, the buyer is told to try again at once,
 * because a seat that waited would keep its own confirm and release waiting. The plan is looked up
 * after the state was read: that read is in the journal by then, and a replay that the catalog has
 * another answer for, such as after a pause, ends where the journal does and does not leave it.
 */

/** A user ID alone, or with the terms of the hold. */
const Reserve = z.preprocess(
	(value) => (typeof value === 'string' ? { userId: value } : value),
	z.object(
		{
			userId: Identifier,
			holdId: Identifier.optional(),
			holdForMs: z.int().min(1).max(MAX_HOLD_MS).default(HOLD_MS)
		},
		{ error: 'give a user ID as a JSON string, or {"userId": …, "holdForMs"?: …}' }
	)
);
const Hold = z.object({
	userId: Identifier,
	holdId: Identifier,
	holdForMs: z.int(),
	checkoutId: Identifier
});
const Confirm = z.object({ holdId: Identifier, orderId: Identifier });
const Release = z.object({
	holdId: Identifier,
	orderId: Identifier.optional(),
	reason: z.string().max(500).optional()
});
const Extend = z.object({ holdId: Identifier, until: z.int() });
const Expire = z.object({ holdId: Identifier, until: z.int() });
/** Made once: making one derives a JSON schema, which takes longer than deciding a reserve. */
const EXPIRE = restate.serde.schema(Expire);
const ForceRelease = z.object({
	expect: z.object({ epoch: z.int() }),
	reason: z.string().min(1),
	actor: z.string().min(1)
});

const SetHoldEnd = z.object({
	expect: z.object({ epoch: z.int() }),
	until: z.int(),
	reason: z.string().min(1),
	actor: z.string().min(1)
});
const HoldAgain = z.object({
	expect: z.object({ epoch: z.int() }),
	hold: z.object({ userId: Identifier, holdId: Identifier, heldAt: z.int(), until: z.int() }),
	reason: z.string().min(1),
	actor: z.string().min(1)
});

interface TicketStore extends restate.TypedState {
	state: StoredSeat;
	/** Where an older version kept it. */
	history: SeatTransition[];
}

type Context = restate.ObjectContext<TicketStore>;

export const ticket = restate.object({
	name: 'Ticket',
	handlers: {
		reserve: restate.handlers.object.exclusive(
			input(Reserve),
			async (ctx: Context, wanted: z.infer<typeof Reserve>): Promise<true> => {
				await take(ctx, { ...wanted, checkoutId: null });
				return true;
			}
		),

		/**
		 * A checkout's reserve: only another handler may say which checkout holds a seat. Its answer is
		 * what the seat costs, which spares the checkout a step of its own to find out.
		 */
		hold: restate.handlers.object.exclusive(
			{ ...input(Hold), ingressPrivate: true },
			async (ctx: Context, wanted: z.infer<typeof Hold>): Promise<Offer> => {
				const { event, seat } = await take(ctx, wanted);
				return offerOf(event, seat);
			}
		),

		confirm: restate.handlers.object.exclusive(
			{ ...input(Confirm), ingressPrivate: true },
			async (ctx: Context, { holdId, orderId }: z.infer<typeof Confirm>): Promise<void> => {
				await apply(ctx, { type: 'confirm', holdId, orderId });
			}
		),

		/** Compensation: unconditional and idempotent. A stale token answers false. */
		release: restate.handlers.object.exclusive(
			{ ...input(Release), ingressPrivate: true },
			async (ctx: Context, request: z.infer<typeof Release>): Promise<boolean> => {
				const { holdId, orderId, reason } = request;
				const command = { type: 'release', holdId, orderId } as const;
				const { changed } = await apply(ctx, command, { reason });
				return changed;
			}
		),

		extend: restate.handlers.object.exclusive(
			{ ...input(Extend), ingressPrivate: true },
			async (ctx: Context, { holdId, until }: z.infer<typeof Extend>): Promise<number | null> => {
				const { changed, state } = await apply(ctx, { type: 'extend', holdId, until });
				if (changed) scheduleExpiry(ctx, state);
				return state.reservedUntil;
			}
		),

		/** The hold's durable timer. It outlives the checkout, and a stale one does nothing. */
		expire: restate.handlers.object.exclusive(
			{ ...input(Expire), ingressPrivate: true },
			async (ctx: Context, { holdId, until }: z.infer<typeof Expire>): Promise<void> => {
				const command = { type: 'expire', holdId, until } as const;
				await apply(ctx, command, { actor: 'timer', reason: 'Hold expired' });
			}
		),

		/** For Operations alone, which has verified the operator and writes the audit record. */
		forceRelease: restate.handlers.object.exclusive(
			{ ...input(ForceRelease), ingressPrivate: true },
			async (ctx: Context, request: z.infer<typeof ForceRelease>): Promise<SeatView> => {
				const { expect, reason, actor } = request;
				const command = { type: 'force-release', epoch: expect.epoch } as const;
				const { state } = await apply(ctx, command, { actor, reason });
				return viewSeat(ctx.key, state, Date.now());
			}
		),

		/** An operator lengthens a hold, or takes that back. For Operations alone. */
		setHoldEnd: restate.handlers.object.exclusive(
			{ ...input(SetHoldEnd), ingressPrivate: true },
			async (ctx: Context, request: z.infer<typeof SetHoldEnd>): Promise<SeatView> => {
				const { expect, until, reason, actor } = request;
				const command = { type: 'set-hold-end', epoch: expect.epoch, until } as const;
				const { state } = await apply(ctx, command, { actor, reason });
				scheduleExpiry(ctx, state);
				return viewSeat(ctx.key, state, Date.now());
			}
		),

		/** An operator takes a forced release back. For Operations alone. */
		holdAgain: restate.handlers.object.exclusive(
			{ ...input(HoldAgain), ingressPrivate: true },
			async (ctx: Context, request: z.infer<typeof HoldAgain>): Promise<SeatView> => {
				const { expect, hold, reason, actor } = request;
				const command = { type: 'hold-again', epoch: expect.epoch, hold } as const;
				const { state } = await apply(ctx, command, { actor, reason });
				scheduleExpiry(ctx, state);
				return viewSeat(ctx.key, state, Date.now());
			}
		),

		get: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<TicketStore>): Promise<SeatView> => {
				const stored = await ctx.get('state');
				await assertKnown(ctx.key, stored);
				return viewSeat(ctx.key, migrateSeat(stored), Date.now());
			}
		),

		history: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<TicketStore>): Promise<SeatTransition[]> => {
				const stored = await ctx.get('state');
				await assertKnown(ctx.key, stored);
				return loadHistory(ctx, stored);
			}
		)
	}
});

export type Ticket = typeof ticket;

/**
 * A seat that was ever touched answers for itself, whether or not D1 can be read now and whatever the
 * plan has become: who settles an order must not be told otherwise.
 *
 * @throws TerminalError 400 or 404 for a seat that is none
 */
async function assertKnown(key: string, stored: StoredSeat | null): Promise<void> {
	if (stored === null) await findSeat(key);
}

/** @throws TerminalError 503 while the sale is paused, 400 or 404 for a seat that is none */
async function assertOnSale(key: string): ReturnType<typeof findSeat> {
	const found = await findSeat(key);
	if (!found.event.onSale)
		throw new restate.TerminalError(`Sale of "${found.event.name}" is paused: try again later`, {
			errorCode: 503
		});
	return found;
}

/** Holds the seat. @returns what the catalog knows of it */
async function take(
	ctx: Context,
	wanted: z.infer<typeof Reserve> & { checkoutId: string | null }
): ReturnType<typeof findSeat> {
	const command = { type: 'reserve', ...wanted, defaultHoldId: ctx.request().id } as const;
	const stored = await ctx.get('state');
	const found = await assertOnSale(ctx.key);
	const { changed, state } = await decide(ctx, stored, command, { actor: wanted.userId });
	if (changed) scheduleExpiry(ctx, state);
	return found;
}

interface Cause {
	actor?: string;
	reason?: string | undefined;
}

interface Outcome {
	changed: boolean;
	state: SeatState;
}

const apply = async (ctx: Context, command: SeatCommand, cause: Cause = {}): Promise<Outcome> =>
	decide(ctx, await ctx.get('state'), command, cause);

/** Decides a command on the stored seat and, when it changes something, stores the outcome. */
async function decide(
	ctx: Context,
	stored: StoredSeat | null,
	command: SeatCommand,
	cause: Cause
): Promise<Outcome> {
	const before = migrateSeat(stored);
	const decision = decideSeat(before, command, Date.now());
	if (!decision.ok) {
		const { status, message } = decision.rejection;
		throw new restate.TerminalError(message, { errorCode: status });
	}
	const { changed, state } = decision;
	if (!changed) return { changed, state };
	const history = await loadHistory(ctx, stored);
	// A checkout acts for the buyer who holds the seat.
	const actor = cause.actor ?? before.reservedBy ?? 'unknown';
	const entry: SeatTransition = {
		at: state.changedAt,
		event: command.type,
		from: before.status,
		to: state.status,
		epoch: state.epoch,
		actor,
		reason: cause.reason ?? null,
		invocationId: ctx.request().id,
		holdId: state.holdId ?? before.holdId,
		orderId: state.orderId ?? before.orderId
	};
	ctx.set('state', { ...state, history: appendHistory(history, entry) });
	if (!isTold(stored)) ctx.clear('history');
	ctx.console.info(`Seat ${before.status} -> ${state.status}`, {
		event: command.type,
		epoch: state.epoch,
		actor
	});
	return { changed, state };
}

/** A seat's transitions; each read is an entry in the journal, and most seats need no other. */
async function loadHistory(
	ctx: restate.ObjectSharedContext<TicketStore>,
	stored: StoredSeat | null
): Promise<SeatTransition[]> {
	const own = historyOf(stored);
	return isTold(stored) ? own : mergeHistories(own, (await ctx.get('history')) ?? []);
}

/** Sets the cleaner for a hold. It is never cancelled: a hold that is gone makes it a no-op. */
function scheduleExpiry(ctx: Context, { holdId, reservedUntil }: SeatState): void {
	if (holdId === null || reservedUntil === null) return;
	ctx.genericSend({
		service: 'Ticket',
		method: 'expire',
		key: ctx.key,
		parameter: { holdId, until: reservedUntil },
		inputSerde: EXPIRE,
		delay: Math.max(0, reservedUntil - Date.now())
	});
}
