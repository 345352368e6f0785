import { DEFAULT_BOUNDS, indexWorld } from '$shared/integrity.ts';
import type { Bounds, Violation, WorldIndex } from '$shared/integrity.ts';
import {
	authorisations,
	boughtSeats,
	capturedPayments,
	openOrders,
	paidOnce,
	refunds,
	soldSeats
} from '$shared/integrity-rules.ts';
import { money } from '../../format.ts';
import type { OrderRow } from '../../order.ts';
import { amountOf, concernedBy, some } from '../concerns.ts';
import type { StoredSeat, Thresholds, WorkFacts } from '../facts.ts';
import type { Evidence, Finding, Proposal } from '../item.ts';
import type { WorkKind } from '../kinds.ts';
import { moneyWorld } from '../money-world.ts';
import { onInvocation, refundOrder, returnKept } from '../proposals.ts';

/**
 * Orders whose seats, money and record do not agree, by the integrity rules. What changed just now
 * is left to settle: its parts were not read at one instant.
 */
export function moneyFindings(facts: WorkFacts, thresholds: Thresholds): Finding[] {
	const bounds: Bounds = {
		...DEFAULT_BOUNDS,
		settlement: thresholds.settling,
		refund: thresholds.refund
	};
	const index = indexWorld(moneyWorld(facts), bounds);
	const judge = new Judge(facts, index, thresholds);
	return [
		...soldSeats.check(index).violations.flatMap((found) => judge.soldSeat(found)),
		...capturedPayments.check(index).violations.flatMap((found) => judge.paidWithoutSeats(found)),
		...boughtSeats.check(index).violations.flatMap((found) => judge.confirmedForNothing(found)),
		...paidOnce.check(index).violations.flatMap((found) => judge.paidTwice(found)),
		...authorisations.check(index).violations.flatMap((found) => judge.hanging(found)),
		...openOrders.check(index).violations.flatMap((found) => judge.leftOpen(found)),
		...refunds.check(index).violations.flatMap((found) => judge.refund(found))
	];
}

/** Puts what the integrity rules found into findings of the worklist. */
class Judge {
	readonly #facts: WorkFacts;
	readonly #index: WorldIndex;
	readonly #thresholds: Thresholds;
	readonly #seats: ReadonlyMap<string, StoredSeat>;

	constructor(facts: WorkFacts, index: WorldIndex, thresholds: Thresholds) {
		this.#facts = facts;
		this.#index = index;
		this.#thresholds = thresholds;
		this.#seats = new Map(facts.seats.map((seat) => [seat.key, seat]));
	}

	soldSeat({ subject, what }: Violation): Finding[] {
		const seat = this.#seats.get(subject);
		if (!seat || !this.#isOld(seat.changedAt)) return [];
		const orders = this.#index.confirmedBySeat.get(subject) ?? [];
		if (orders.length > 1)
			return [
				this.#soldTwice(
					seat,
					orders.map(({ id }) => id)
				)
			];
		const order = this.#order(seat.orderId);
		if (order)
			return this.#ofOrder('unpaid', order, `A seat is sold, and ${what}.`, seat.changedAt);
		return [
			{
				kind: 'unpaid',
				about: { type: 'seat', id: subject },
				why: `The seat is ${what}: it counts as sold, and no order stands behind it.`,
				evidence: [this.#seatLine(subject)],
				since: seat.changedAt,
				seats: [subject],
				orders: [],
				invocations: [],
				buyer: seat.reservedBy === null ? [] : [seat.reservedBy],
				affected: 1,
				money: null,
				proposals: [],
				fingerprint: `${subject}/${seat.orderId ?? ''}/${what}`,
				caveat: null
			}
		];
	}

	#soldTwice({ key, orderId, changedAt }: StoredSeat, ids: readonly string[]): Finding {
		const orders = ids.flatMap((id) => this.#order(id) ?? []);
		const others = ids.filter((id) => id !== orderId);
		return {
			kind: 'broken',
			about: { type: 'seat', id: key },
			why: `The seat is in ${ids.length} confirmed orders: only one of these buyers can sit in it.`,
			evidence: [this.#seatLine(key), ...orders.map(orderLine)],
			since: changedAt,
			seats: [key],
			orders: [...ids],
			invocations: orders.map(({ invocationId }) => invocationId),
			buyer: orders.map(({ userId }) => userId),
			affected: ids.length,
			money: sumOf(orders.filter(({ id }) => id !== orderId)),
			proposals: others.map((id) => ({ ...refundOrder(id), label: `Refund ${id}` })),
			fingerprint: [key, ...ids].join('/'),
			caveat: this.#caveat(others)
		};
	}

	paidWithoutSeats({ subject, what }: Violation): Finding[] {
		const order = this.#orderOfIntent(subject);
		if (!order) return [];
		const missing = order.seats.filter((key) => this.#seats.get(key)?.orderId !== order.id);
		if (missing.some((key) => !this.#isOld(this.#seats.get(key)?.changedAt ?? 0))) return [];
		const was = order.status === 'REFUNDED';
		return this.#ofOrder(
			was ? 'refund' : 'seat-missing',
			order,
			was
				? 'The order is on record as refunded, and the gateway still keeps its money.'
				: order.status === 'CONFIRMED'
					? `The buyer has paid, and ${some(missing.length, 'seat')} of ${order.seats.length} ` +
						`${missing.length === 1 ? 'is' : 'are'} not theirs.`
					: `The order is ${order.status.toLowerCase()} and has no seats, and its money is kept.`,
			order.updatedAt,
			what
		);
	}

	confirmedForNothing({ subject, what }: Violation): Finding[] {
		const why =
			'The order is on record as confirmed, and neither its money nor its seats are there any more.';
		return this.#broken(subject, why, what);
	}

	paidTwice({ subject, what }: Violation): Finding[] {
		return this.#broken(subject, `The order is ${what}: one payment is too many.`, what);
	}

	#broken(id: string, why: string, what: string): Finding[] {
		const order = this.#order(id);
		return order ? this.#ofOrder('broken', order, why, order.updatedAt, what) : [];
	}

	hanging({ subject, what }: Violation): Finding[] {
		const order = this.#orderOfIntent(subject);
		if (!order || this.#mayStillSettle(order)) return [];
		const intent = this.#index.intents.find(({ id }) => id === subject);
		return this.#ofOrder(
			'uncaptured',
			order,
			'Money is blocked on the buyer’s card: it was authorised, nothing captures it, and nothing lets it go.',
			intent?.createdAt ?? order.createdAt,
			what
		);
	}

	leftOpen({ subject }: Violation): Finding[] {
		const order = this.#order(subject);
		if (!order || this.#mayStillSettle(order)) return [];
		return this.#ofOrder(
			'broken',
			order,
			'The order is still open though its checkout is gone, and nothing has settled it.',
			order.updatedAt
		);
	}

	refund({ subject, what }: Violation): Finding[] {
		const refund = this.#index.refunds.find(({ id }) => id === subject);
		const order = refund && this.#orderOfIntent(refund.intent);
		if (!refund || !order) return [];
		const since = refund.createdAt;
		return this.#ofOrder(
			'refund',
			order,
			REFUNDS[refund.status] ?? `The gateway says: ${what}.`,
			since,
			what
		);
	}

	/** What a checkout that is gone has left open, its buyer's session settles before long. */
	#mayStillSettle = ({ status, updatedAt }: OrderRow): boolean =>
		status === 'OPEN' && this.#facts.now - updatedAt <= this.#thresholds.leftOpen;

	#ofOrder(kind: WorkKind, order: OrderRow, why: string, since: number, what = ''): Finding[] {
		if (!this.#facts.doubtful.has(order.id) || !this.#isOld(order.updatedAt)) return [];
		const seats = order.seats.map((key) => this.#seats.get(key));
		const standing = seats.map((seat) => `${seat?.status ?? 'AVAILABLE'}:${seat?.orderId ?? ''}`);
		return [
			{
				kind,
				about: { type: 'order', id: order.id },
				why,
				evidence: [
					orderLine(order),
					...this.#moneyLines(order),
					...order.seats.map((key) => this.#seatLine(key))
				],
				since,
				...concernedBy(this.#facts, order.id),
				money: amountOf(order),
				proposals: this.#proposalsFor(order),
				fingerprint: [
					order.status,
					order.paymentStatus,
					why,
					what.replaceAll(/\d{4}-\S+/g, ''),
					...standing
				].join('/'),
				caveat: this.#caveat([order.id])
			}
		];
	}

	/** What was bought is refunded; what was not is settled by running again what should have. */
	#proposalsFor({ id, status }: OrderRow): Proposal[] {
		if (status === 'CONFIRMED') return [refundOrder(id)];
		const settler = this.#facts.settlers.get(id);
		if (settler !== undefined) return [onInvocation('restart', settler, 'Settle the money again')];
		return status !== 'OPEN' && this.#isKept(id) ? [returnKept(id)] : [];
	}

	/** Whether the gateway has money of an order that has not gone back, nor is on its way. */
	#isKept = (orderId: string): boolean =>
		(this.#index.intentsByOrder.get(orderId) ?? []).some(
			({ received, refunded }) => received > refunded
		);

	#moneyLines(order: OrderRow): Evidence[] {
		const intents = this.#index.intentsByOrder.get(order.id) ?? [];
		const source = this.#facts.money.get(order.id)?.ok ? 'Gateway' : 'Money on record';
		if (intents.length === 0) return [{ label: source, text: 'no payment of this order' }];
		return intents.map(({ id, status, received, refunded, createdAt }) => ({
			label: source,
			text:
				`${id} ${status.replaceAll('_', ' ')}, ${money(received, order.currency)} taken, ` +
				`${money(refunded, order.currency)} given back`,
			at: createdAt
		}));
	}

	#seatLine(key: string): Evidence {
		const seat = this.#seats.get(key);
		const owner = seat?.orderId ? ` to ${seat.orderId}` : '';
		return {
			label: 'Seat',
			text: `${key} is ${(seat?.status ?? 'AVAILABLE').toLowerCase()}${owner}`,
			at: seat && seat.changedAt > 0 ? seat.changedAt : null,
			link: { type: 'seat', id: key }
		};
	}

	#caveat(orders: readonly string[]): string | null {
		for (const id of orders) {
			const part = this.#facts.money.get(id);
			if (part === undefined) return 'The gateway was not asked again: too many cases at once.';
			if (!part.ok) return `The gateway could not be asked again: ${part.message}`;
		}
		return null;
	}

	#order = (id: string | null): OrderRow | undefined =>
		id === null ? undefined : this.#facts.orders.get(id);

	#orderOfIntent(intentId: string): OrderRow | undefined {
		const intent = this.#index.intents.find(({ id }) => id === intentId);
		return this.#order(intent?.orderId ?? null);
	}

	#isOld = (at: number): boolean => this.#facts.readAt - at >= this.#thresholds.settling;
}

const REFUNDS: Record<string, string> = {
	pending: 'The refund has been pending at the gateway for too long.',
	requires_action: 'The refund waits for the buyer to act, for too long.',
	failed: 'The refund has failed: the buyer does not have the money.',
	canceled: 'The refund was cancelled: the buyer does not have the money.'
};

const orderLine = ({ id, status, updatedAt }: OrderRow): Evidence => ({
	label: 'Order',
	text: `${id} is ${status.toLowerCase()}`,
	at: updatedAt,
	link: { type: 'order', id }
});

function sumOf(orders: readonly OrderRow[]): Finding['money'] {
	const [first] = orders;
	if (!first) return null;
	const same = orders.filter(({ currency }) => currency === first.currency);
	return { currency: first.currency, amount: same.reduce((sum, { amount }) => sum + amount, 0) };
}
