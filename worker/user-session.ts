import * as restate from '@restatedev/restate-sdk-cloudflare-workers/fetch';
import { z } from 'zod';
import { parseSeatKey } from '../shared/seat-key.ts';
import { findEvent } from './catalog.ts';
import { paymentSend } from './clients.ts';
import { HOLD_MS } from './policy.ts';
import { Identifier, input, UNRECORDED } from './schemas.ts';

/**
 * One user: the order under way, the seats it holds, and the tickets bought, which count against
 * an event's limit. Opening an order is the check and the booking at once, so two checkouts of one
 * user cannot both slip under the limit.
 */

const Open = z.object({ orderId: Identifier, seats: z.array(Identifier) });
const Close = z.object({ orderId: Identifier, kept: z.boolean() });
const Review = z.object({ orderId: Identifier });
/** Made once: making one derives a JSON schema. */
const REVIEW = restate.serde.schema(Review);

/** A checkout that is still at work by then is a rare one: its payment has had both its rounds. */
const REVIEW_AFTER_MS = 2 * HOLD_MS;

export interface SessionOrder {
	orderId: string;
	seats: string[];
	/** Whether the seats are bought; held until then. */
	bought: boolean;
}

export interface Session {
	v: 1;
	/** The newest order that is still under way. */
	currentOrderId: string | null;
	orders: SessionOrder[];
}

interface SessionStore extends restate.TypedState {
	session: Session;
}

const empty = (): Session => ({ v: 1, currentOrderId: null, orders: [] });

export const userSession = restate.object({
	name: 'UserSession',
	handlers: {
		/** Books an order's seats. @throws TerminalError 409 past the event's ticket limit */
		open: restate.handlers.object.exclusive(
			{ ...input(Open), ingressPrivate: true },
			async (
				ctx: restate.ObjectContext<SessionStore>,
				{ orderId, seats }: z.infer<typeof Open>
			): Promise<void> => {
				const session = (await ctx.get('session')) ?? empty();
				const others = session.orders.filter((order) => order.orderId !== orderId);
				await assertWithinLimit(others, seats);
				ctx.set('session', {
					...session,
					currentOrderId: orderId,
					orders: [...others, { orderId, seats, bought: false }]
				});
				ctx.genericSend({
					service: 'UserSession',
					method: 'review',
					key: ctx.key,
					parameter: { orderId },
					inputSerde: REVIEW,
					delay: REVIEW_AFTER_MS
				});
			}
		),

		/** Ends an order: its seats are bought, or given back. Idempotent. */
		close: restate.handlers.object.exclusive(
			{ ...input(Close), ingressPrivate: true },
			async (
				ctx: restate.ObjectContext<SessionStore>,
				{ orderId, kept }: z.infer<typeof Close>
			): Promise<void> => {
				const session = (await ctx.get('session')) ?? empty();
				const orders = session.orders
					.filter((order) => kept || order.orderId !== orderId)
					.map((order) => (order.orderId === orderId ? { ...order, bought: true } : order));
				const open = orders.findLast(({ bought }) => !bought);
				ctx.set('session', { ...session, currentOrderId: open?.orderId ?? null, orders });
			}
		),

		/**
		 * Looks after an order that nobody closed: its checkout was killed, and a killed checkout
		 * compensates nothing. The timer is this object's, because a kill takes the checkout's own
		 * timers with it.
		 */
		review: restate.handlers.object.exclusive(
			{ ...input(Review), ingressPrivate: true },
			async (
				ctx: restate.ObjectContext<SessionStore>,
				{ orderId }: z.infer<typeof Review>
			): Promise<void> => {
				const session = (await ctx.get('session')) ?? empty();
				const left = session.orders.find((order) => order.orderId === orderId && !order.bought);
				if (left) paymentSend(ctx, orderId).reconcile({ userId: ctx.key, seats: left.seats });
			}
		),

		get: restate.handlers.object.shared(
			UNRECORDED,
			async (ctx: restate.ObjectSharedContext<SessionStore>): Promise<Session> => {
				if (!Identifier.safeParse(ctx.key).success)
					throw new restate.TerminalError('The key is not a user ID', { errorCode: 400 });
				return (await ctx.get('session')) ?? notFound(ctx.key);
			}
		)
	}
});

export type UserSession = typeof userSession;

function notFound(userId: string): never {
	throw new restate.TerminalError(`No session of "${userId}": this user has opened no order`, {
		errorCode: 404
	});
}

async function assertWithinLimit(
	others: readonly SessionOrder[],
	seats: readonly string[]
): Promise<void> {
	const eventId = parseSeatKey(seats[0] ?? '')?.eventId;
	const event = eventId === undefined ? undefined : await findEvent(eventId);
	if (!event || event.ticketLimit === null) return;
	const has = others
		.flatMap((order) => order.seats)
		.filter((seat) => parseSeatKey(seat)?.eventId === event.id).length;
	if (has + seats.length > event.ticketLimit)
		throw new restate.TerminalError(
			`Ticket limit reached: "${event.name}" allows ${event.ticketLimit} a person, ` +
				`and you have ${has}`,
			{ errorCode: 409 }
		);
}
