import { invocationIdOf } from './order.ts';
import { RULES } from './integrity-rules.ts';

/**
 * The invariants that must hold over seats, orders, invocations and the gateway's ledger, whatever
 * happened. They read what each of the four stored by itself and trust none of them over another.
 */

/** A seat as Restate stores it. */
export interface SeatRecord {
	/** Seat key. */
	key: string;
	status: string;
	reservedBy: string | null;
	reservedUntil: number | null;
	checkoutId: string | null;
	orderId: string | null;
}

/** An order as D1 stores it. */
export interface OrderRecord {
	id: string;
	invocationId: string;
	email: string | null;
	seats: string[];
	amount: number;
	status: string;
	updatedAt: number;
}

/** An invocation that has not ended. */
export interface InvocationRecord {
	id: string;
	service: string;
	key: string | null;
	status: string;
	/** The invocation that called it. */
	invokedBy: string | null;
}

/** A payment as the gateway's ledger has it; money in minor units, times in ms. */
export interface IntentRecord {
	id: string;
	status: string;
	orderId: string | null;
	received: number;
	refunded: number;
	createdAt: number;
}

export interface RefundRecord {
	id: string;
	intent: string;
	status: string;
	createdAt: number;
}

export interface MailRecord {
	id: string;
	to: string[];
	idempotencyKey: string | null;
}

/** What an event sells. */
export interface PlanRecord {
	eventId: string;
	revision: number;
	/** Seats that the event says it has. */
	capacity: number;
	/** Keys of the seats in its plan. */
	seats: string[];
}

/** What the Occupancy object shows of an event's seats. */
export interface PictureRecord {
	eventId: string;
	/** Of the plan that it shows. */
	revision: number;
	/** Every seat that it shows as taken, by seat key. */
	taken: ReadonlyMap<string, 'RESERVED' | 'SOLD'>;
	/** Seats that were something else before it was read than after: nobody can say what it should show. */
	moved: ReadonlySet<string>;
}

export interface World {
	now: number;
	seats: SeatRecord[];
	orders: OrderRecord[];
	/** Those that have not ended. */
	invocations: InvocationRecord[];
	intents: IntentRecord[];
	refunds: RefundRecord[];
	mails: MailRecord[];
	plans: PlanRecord[];
	pictures: PictureRecord[];
}

/** How long, in ms, something may stay unfinished before it counts as broken. */
export interface Bounds {
	/** A hold past its expiry: its timer may be late. */
	holdGrace: number;
	/** Money reserved, or an order left open, whose checkout is gone. */
	settlement: number;
	/** A refund that the gateway has not brought to an end. */
	refund: number;
}

/** What a dead checkout leaves is settled when its holds lapse, which takes up to half an hour. */
export const DEFAULT_BOUNDS: Bounds = {
	holdGrace: 60_000,
	settlement: 35 * 60_000,
	refund: 24 * 60 * 60_000
};

export interface Violation {
	/** The seat, order, payment or event it is about. */
	subject: string;
	what: string;
	evidence: unknown;
}

export interface Finding {
	name: string;
	/** How many things the invariant was held against. */
	checked: number;
	violations: Violation[];
}

/** Holds the world against every invariant. */
export function checkIntegrity(world: World, bounds: Bounds = DEFAULT_BOUNDS): Finding[] {
	const index = indexWorld(world, bounds);
	return RULES.map(({ name, check }) => ({ name, ...check(index) }));
}

/** The world, with what the rules look up in it. */
export interface WorldIndex extends World {
	bounds: Bounds;
	intentsByOrder: ReadonlyMap<string | null, IntentRecord[]>;
	orderById: ReadonlyMap<string, OrderRecord>;
	seatByKey: ReadonlyMap<string, SeatRecord>;
	/** Confirmed orders by each seat they name. */
	confirmedBySeat: ReadonlyMap<string, OrderRecord[]>;
	mailsByKey: ReadonlyMap<string | null, MailRecord[]>;
	/** Whether something is still at work on an order, so that its parts need not agree yet. */
	isUnderWay: (orderId: string) => boolean;
}

export function indexWorld(world: World, bounds: Bounds): WorldIndex {
	const { seats, orders, invocations, intents } = world;
	const confirmed = orders.filter(({ status }) => status === 'CONFIRMED');
	const bySeat = confirmed.flatMap((order) => order.seats.map((seat) => ({ seat, order })));
	const atWork = new Set(
		invocations
			.filter(({ status }) => status !== 'scheduled' && status !== 'paused')
			.flatMap(({ id, service, key, invokedBy }) => [
				id,
				invokedBy,
				service === 'Payment' && key !== null ? invocationIdOf(key) : null
			])
	);
	return {
		...world,
		bounds,
		intentsByOrder: Map.groupBy(intents, ({ orderId }) => orderId),
		orderById: new Map(orders.map((order) => [order.id, order])),
		seatByKey: new Map(seats.map((seat) => [seat.key, seat])),
		confirmedBySeat: new Map(
			[...Map.groupBy(bySeat, ({ seat }) => seat)].map(([seat, pairs]) => [
				seat,
				pairs.map(({ order }) => order)
			])
		),
		mailsByKey: Map.groupBy(world.mails, ({ idempotencyKey }) => idempotencyKey),
		isUnderWay: (orderId) => atWork.has(invocationIdOf(orderId))
	};
}
