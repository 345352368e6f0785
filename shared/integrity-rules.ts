import type { SeatStatus } from './seat.ts';
import type {
	Finding,
	IntentRecord,
	OrderRecord,
	PictureRecord,
	SeatRecord,
	Violation,
	WorldIndex
} from './integrity.ts';

/** One invariant, as a question put to the whole world. */
export interface Rule {
	name: string;
	check: (world: WorldIndex) => Omit<Finding, 'name'>;
}

/** A rule that is asked of each thing of a kind; undefined when nothing is wrong with it. */
const forEach = <T>(
	name: string,
	things: (world: WorldIndex) => readonly T[],
	judge: (thing: T, world: WorldIndex) => Violation | undefined
): Rule => ({
	name,
	check: (world) => {
		const asked = things(world);
		const violations = asked.flatMap((thing) => judge(thing, world) ?? []);
		return { checked: asked.length, violations };
	}
});

/** Money that was taken and not given back. */
const isKept = ({ status, received, refunded }: IntentRecord): boolean =>
	status === 'succeeded' && received > refunded;

const keptFor = (world: WorldIndex, orderId: string): IntentRecord[] =>
	(world.intentsByOrder.get(orderId) ?? []).filter(isKept);

/** An order's seats that are not sold to it, as they are stored. */
const missingSeats = (
	{ id, seats }: Pick<OrderRecord, 'id' | 'seats'>,
	seatByKey: WorldIndex['seatByKey']
): Pick<SeatRecord, 'key' | 'status'>[] =>
	seats
		.map((key) => seatByKey.get(key) ?? { key, status: 'never touched', orderId: null })
		.filter(({ status, orderId }) => status !== 'SOLD' || orderId !== id);

export const soldSeats = forEach(
	'Each sold seat has exactly one paid order',
	({ seats, isUnderWay }) =>
		seats.filter(
			({ status, orderId }) => status === 'SOLD' && !(orderId !== null && isUnderWay(orderId))
		),
	(seat, world) => {
		const orders = world.confirmedBySeat.get(seat.key) ?? [];
		const payments = seat.orderId === null ? [] : keptFor(world, seat.orderId);
		const order = orders.find(({ id }) => id === seat.orderId);
		const evidence = { seat, orders, payments };
		const broken = (what: string) => ({ subject: seat.key, what, evidence });
		if (seat.orderId === null) return broken('sold to no order');
		if (orders.length > 1) return broken(`in ${orders.length} confirmed orders`);
		if (!order) return broken(`its order ${seat.orderId} is not confirmed`);
		if (order.amount > 0 && payments.length === 0) return broken(`order ${order.id} is not paid`);
		return undefined;
	}
);

export const capturedPayments = forEach(
	'Each captured payment has all its seats or a refund',
	({ intents, isUnderWay }) =>
		intents.filter(
			({ status, orderId }) => status === 'succeeded' && !(orderId !== null && isUnderWay(orderId))
		),
	(intent, { orderById, seatByKey }) => {
		if (!isKept(intent)) return undefined;
		const order = intent.orderId === null ? undefined : orderById.get(intent.orderId);
		if (!order)
			return { subject: intent.id, what: 'paid for an order that is unknown', evidence: intent };
		const seats = missingSeats(order, seatByKey);
		if (seats.length === 0) return undefined;
		const what = `paid, not refunded, and without ${seats.length} of ${order.seats.length} seats`;
		return { subject: intent.id, what, evidence: { intent, order, seats } };
	}
);

export const boughtSeats = forEach(
	'Each confirmed order has its seats',
	({ orders, isUnderWay }) =>
		orders.filter(({ id, status }) => status === 'CONFIRMED' && !isUnderWay(id)),
	(order, world) => {
		const seats = missingSeats(order, world.seatByKey);
		// Where its money is kept, the rule of captured payments says so.
		if (seats.length === 0 || keptFor(world, order.id).length > 0) return undefined;
		const what = `confirmed, and without ${seats.length} of ${order.seats.length} seats`;
		return { subject: order.id, what, evidence: { order, seats } };
	}
);

export const paidOnce = forEach(
	'No order is paid twice',
	({ intentsByOrder }) => [...intentsByOrder].filter(([orderId]) => orderId !== null),
	([orderId, intents]) => {
		const kept = intents.filter(isKept);
		if (kept.length < 2) return undefined;
		return { subject: orderId ?? '', what: `paid ${kept.length} times`, evidence: kept };
	}
);

const heldSeats = forEach(
	'No seat is held past its expiry',
	({ seats }) => seats.filter(({ status }) => status === 'RESERVED'),
	(seat, { now, bounds }) => {
		if (seat.reservedUntil === null)
			return { subject: seat.key, what: 'held without an end', evidence: seat };
		const late = now - seat.reservedUntil;
		if (late <= bounds.holdGrace) return undefined;
		return {
			subject: seat.key,
			what: `held ${Math.round(late / 1_000)} s past its expiry`,
			evidence: seat
		};
	}
);

export const authorisations = forEach(
	'No authorisation is left hanging',
	({ intents }) => intents.filter(({ status }) => HANGING.has(status)),
	(intent, { now, bounds, isUnderWay }) => {
		const settling = now - intent.createdAt <= bounds.settlement;
		if (settling || (intent.orderId !== null && isUnderWay(intent.orderId))) return undefined;
		const what = `${intent.status} since ${new Date(intent.createdAt).toISOString()}, no checkout`;
		return { subject: intent.id, what, evidence: intent };
	}
);

const HANGING: ReadonlySet<string> = new Set(['requires_capture', 'processing']);

export const openOrders = forEach(
	'No order is left open',
	({ orders }) => orders.filter(({ status }) => status === 'OPEN'),
	(order, { now, bounds, isUnderWay }) => {
		if (now - order.updatedAt <= bounds.settlement || isUnderWay(order.id)) return undefined;
		const since = new Date(order.updatedAt).toISOString();
		return { subject: order.id, what: `open since ${since}, no checkout`, evidence: order };
	}
);

const confirmationMails = forEach(
	'Each paid order has one mail',
	({ orders, isUnderWay }) =>
		orders.filter(
			({ id, status, email }) => status === 'CONFIRMED' && email !== null && !isUnderWay(id)
		),
	(order, { mailsByKey }) => {
		const sent = mailsByKey.get(confirmationKey(order.id)) ?? [];
		if (sent.length === 1 && sent[0]?.to.includes(order.email ?? '')) return undefined;
		const what = sent.length === 1 ? 'its mail went to somebody else' : `${sent.length} mails`;
		return { subject: order.id, what, evidence: { order, mails: sent } };
	}
);

/** A deliberate resend has a key of its own and is no second confirmation. */
const confirmationKey = (orderId: string): string => `order-confirmed/${orderId}`;

export const refunds = forEach(
	'Each refund comes to an end',
	(world) => world.refunds,
	(refund, { now, bounds }) => {
		if (refund.status === 'succeeded') return undefined;
		const waiting = refund.status === 'pending' || refund.status === 'requires_action';
		if (waiting && now - refund.createdAt <= bounds.refund) return undefined;
		return { subject: refund.id, what: `refund ${refund.status}`, evidence: refund };
	}
);

const capacities = forEach(
	'Seat states add up to the plan’s capacity',
	({ plans, seats }) => {
		const touched = Map.groupBy(seats, ({ key }) => key.slice(0, key.indexOf(':')));
		const events = new Set([...plans.map(({ eventId }) => eventId), ...touched.keys()]);
		return [...events].map((eventId) => ({
			eventId,
			plan: plans.find((plan) => plan.eventId === eventId) ?? { capacity: 0, seats: [] },
			touched: touched.get(eventId) ?? []
		}));
	},
	({ eventId, plan: { seats, capacity }, touched }, { seatByKey }) => {
		const planned = new Set(seats);
		// A newer plan may have dropped a seat that was free again.
		const astray = touched.filter(({ key, status }) => status !== 'AVAILABLE' && !planned.has(key));
		if (astray.length > 0)
			return {
				subject: eventId,
				what: 'seats taken that its plan does not have',
				evidence: astray
			};
		const counts = { AVAILABLE: 0, RESERVED: 0, SOLD: 0 };
		for (const key of planned) {
			const status = seatByKey.get(key)?.status ?? 'AVAILABLE';
			if (isStatus(status)) counts[status] += 1;
		}
		const sum = counts.AVAILABLE + counts.RESERVED + counts.SOLD;
		if (sum === capacity) return undefined;
		return { subject: eventId, what: `states of ${sum} seats, not ${capacity}`, evidence: counts };
	}
);

const isStatus = (status: string): status is SeatStatus =>
	status === 'AVAILABLE' || status === 'RESERVED' || status === 'SOLD';

const stuckCheckouts = forEach(
	'No paused checkout holds seats',
	({ invocations }) =>
		invocations.filter(({ service, status }) => service === 'Checkout' && status === 'paused'),
	(checkout, { seats }) => {
		const held = seats.filter(
			({ status, checkoutId }) => status !== 'AVAILABLE' && checkoutId === checkout.id
		);
		if (held.length === 0) return undefined;
		const what = `paused, with ${held.length} seat${held.length === 1 ? '' : 's'}`;
		return { subject: checkout.id, what, evidence: { checkout, seats: held } };
	}
);

const pictures: Rule = {
	name: 'Occupancy equals the seats',
	check: (world) => {
		const looks = world.pictures.map((picture) => comparePicture(picture, world));
		return {
			checked: looks.reduce((sum, { checked }) => sum + checked, 0),
			violations: looks.flatMap(({ violations }) => violations)
		};
	}
};

function comparePicture(
	{ eventId, revision, taken, moved }: PictureRecord,
	{ plans, seatByKey }: WorldIndex
): Omit<Finding, 'name'> {
	const plan = plans.find((each) => each.eventId === eventId);
	if (plan?.revision !== revision) {
		const what = `shows plan ${revision}, not ${plan?.revision ?? 'one that is published'}`;
		return { checked: 0, violations: [{ subject: eventId, what, evidence: { revision } }] };
	}
	const steady = plan.seats.filter((key) => !moved.has(key));
	const violations = steady.flatMap((key) => {
		const seat = seatByKey.get(key);
		const [shown, is] = [taken.get(key) ?? 'AVAILABLE', seat?.status ?? 'AVAILABLE'];
		return shown === is
			? []
			: { subject: key, what: `shown as ${shown}, and is ${is}`, evidence: seat ?? { key } };
	});
	return { checked: steady.length, violations };
}

/** Every invariant, in the order they are told. */
export const RULES: readonly Rule[] = [
	soldSeats,
	capturedPayments,
	boughtSeats,
	paidOnce,
	heldSeats,
	authorisations,
	openOrders,
	confirmationMails,
	refunds,
	capacities,
	stuckCheckouts,
	pictures
];
